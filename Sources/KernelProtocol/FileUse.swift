#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A file that a cell read or wrote, and how it was found or left.
public struct FileUse: Hashable, Sendable, Codable {
  public enum Aspect: UInt8, Sendable, Codable {
    /// A file's bytes; a folder's list of names.
    case contents = 1
    /// Whether it is there, what it is, and how long.
    case existence = 2
  }

  public var path: String
  public var aspect: Aspect
  public var state: String

  public init(path: String, aspect: Aspect, state: String) {
    self.path = path
    self.aspect = aspect
    self.state = state
  }

  /// Whether it is about the names of the files in a folder.
  public var isOfList: Bool { aspect == .contents && state.hasPrefix("folder") }

  /// How that file is now.
  public init(_ aspect: Aspect, of path: String) {
    self.init(path: path, aspect: aspect, state: Self.state(of: path, aspect))
  }

  /// How that file was when these bytes were read of it.
  public init(_ bytes: UnsafeRawBufferPointer, of path: String) {
    self.init(path: path, aspect: .contents, state: "file \(bytes.count) \(Digest(bytes))")
  }

  /// A file that changed while it was read: it was in no state that it will ever be found in.
  public static func changing(_ aspect: Aspect, of path: String) -> FileUse {
    FileUse(path: path, aspect: aspect, state: "changing")
  }

  /// Whether the file is now as it was then.
  public var isCurrent: Bool { FileUse(aspect, of: path) == self }
}

/// What a cell did with files, and whether that is all it depends on besides its code.
public struct FileUses: Hashable, Sendable, Codable {
  public var reads: [FileUse] = []
  public var writes: [FileUse] = []
  /// It would be another run's input that cannot be told: the cell asked other machines, or read a file that it wrote
  /// over.
  public var isUnrepeatable = false
  /// What it does to files, or to the process that later cells run in, is unknown: it started a program, say.
  public var isUnseen = false

  public init() {}
}

// MARK: States

extension FileUse {
  private static func state(of path: String, _ aspect: Aspect) -> String {
    var info = stat()
    guard stat(path, &info) == 0 else { return "missing" }
    switch (info.st_mode & S_IFMT, aspect) {
    case (S_IFDIR, .existence): return "folder"
    case (S_IFDIR, .contents): return "folder \(Digest(names(in: path)))"
    case (S_IFREG, .existence): return "file \(info.st_size)"
    case (S_IFREG, .contents):
      return "file \(info.st_size) \(digest(of: path).map(\.description) ?? "unreadable")"
    default: return "special"
    }
  }

  private static func names(in folder: String) -> [String] {
    guard let list = opendir(folder) else { return [] }
    defer { closedir(list) }
    var names: [String] = []
    while let entry = readdir(list) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// `nil` where it cannot be read.
  private static func digest(of path: String) -> Digest? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var info = stat()
    guard fstat(descriptor, &info) == 0 else { return nil }
    let size = Int(info.st_size)
    // Nothing can be mapped of an empty file.
    guard size > 0 else { return Digest(UnsafeRawBufferPointer(start: nil, count: 0)) }
    guard let map = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0), map != MAP_FAILED else {
      return nil
    }
    defer { munmap(map, size) }
    return Digest(UnsafeRawBufferPointer(start: map, count: size))
  }
}
