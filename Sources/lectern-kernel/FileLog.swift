import CWorkerSupport
import KernelProtocol

extension FileUses {
  /// What the log of the unit that has just ended says, the files in the state that they are in now.
  static func taken() -> FileUses {
    var uses = FileUses()
    let effects = files_effects()
    uses.isUnrepeatable = effects & UInt32(FILES_UNREPEATABLE) != 0
    uses.isUnseen = effects & UInt32(FILES_UNSEEN) != 0

    var reads: [FileUse.Key: UInt64] = [:]
    var written: Set<String> = []
    for record in FileRecord.all() {
      switch record.kind {
      case UInt8(FILES_WRITTEN):
        written.insert(record.path)
        // It finds its own traces from here on. Whether there was a file before is of no account: that question
        // has another answer in the next run, and the same one in a fresh copy of the book.
        let contents = FileUse.Key(path: record.path, aspect: .contents)
        if let stamp = reads.removeValue(forKey: contents), stamp != 0 { uses.isUnrepeatable = true }
        reads[FileUse.Key(path: record.path, aspect: .existence)] = nil
      default:
        guard !written.contains(record.path), let aspect = FileUse.Aspect(rawValue: record.kind) else {
          continue
        }
        let key = FileUse.Key(path: record.path, aspect: aspect)
        // One that changed meanwhile was read in two states, of which only the last is still there to be noted.
        if let old = reads.updateValue(record.stamp, forKey: key), old != record.stamp {
          uses.isUnrepeatable = true
        }
      }
    }
    for (key, stamp) in reads {
      let hasChanged = files_stamp(key.path, key.aspect.rawValue) != stamp
      if hasChanged { uses.isUnrepeatable = true }
      uses.reads.append(
        hasChanged ? .changing(key.aspect, of: key.path) : FileUse(key.aspect, of: key.path))
    }
    uses.reads.sort { ($0.path, $0.aspect.rawValue) < ($1.path, $1.aspect.rawValue) }
    uses.writes = written.sorted().map { FileUse(.contents, of: $0) }
    return uses
  }
}

extension FileUse {
  fileprivate struct Key: Hashable {
    var path: String
    var aspect: Aspect
  }
}

/// One record of the log.
private struct FileRecord {
  var kind: UInt8
  var stamp: UInt64
  var path: String

  static func all() -> [FileRecord] {
    var length = 0
    guard let start = files_records(&length) else { return [] }
    let bytes = UnsafeRawBufferPointer(start: start, count: length)
    var records: [FileRecord] = []
    var offset = 0
    while offset + 11 <= length {
      let size = Int(bytes.loadUnaligned(fromByteOffset: offset + 9, as: UInt16.self))
      records.append(
        FileRecord(
          kind: bytes[offset], stamp: bytes.loadUnaligned(fromByteOffset: offset + 1, as: UInt64.self),
          path: String(decoding: bytes[(offset + 11)..<(offset + 11 + size)], as: UTF8.self)))
      offset += 11 + size
    }
    return records
  }
}
