extension HostMessage: WireCodable {
  func write(to writer: inout WireWriter) {
    switch self {
    case .run(let library, let entry):
      writer.write(UInt8(0))
      writer.write(library)
      writer.write(entry)
    case .exit: writer.write(UInt8(1))
    case .proceed: writer.write(UInt8(2))
    case .report(let status):
      writer.write(UInt8(3))
      writer.write(status)
    }
  }

  init(from reader: inout WireReader) throws(WireError) {
    switch try reader.read(UInt8.self) {
    case 0: self = .run(library: try reader.readString(), entry: try reader.readString())
    case 1: self = .exit
    case 2: self = .proceed
    case 3: self = .report(status: try reader.read())
    case let tag: throw .unknownTag(tag)
    }
  }
}

extension WorkerMessage: WireCodable {
  func write(to writer: inout WireWriter) {
    switch self {
    case .hello(let pid, let parent, let role):
      writer.write(UInt8(0))
      writer.write(pid)
      writer.write(parent)
      writer.write(role.rawValue)
    case .segmentEnded: writer.write(UInt8(1))
    case .keeping(let checkpoint):
      writer.write(UInt8(7))
      writer.write(checkpoint)
    case .unitStarted(let unit):
      writer.write(UInt8(2))
      writer.write(unit)
    case .unitEnded(let unit, let outputs, let files):
      writer.write(UInt8(3))
      writer.write(unit)
      outputs.write(to: &writer)
      files.write(to: &writer)
    case .noCheckpoint(let unit, let leftovers):
      writer.write(UInt8(4))
      writer.write(unit)
      writer.write(leftovers.threads)
      writer.write(leftovers.channels)
    case .childEnded(let pid, let status):
      writer.write(UInt8(5))
      writer.write(pid)
      writer.write(status)
    case .failed(let outputs, let files, let failure):
      writer.write(UInt8(8))
      outputs.write(to: &writer)
      files.write(to: &writer)
      failure.write(to: &writer)
    case .cannotLoad(let message):
      writer.write(UInt8(6))
      writer.write(message)
    }
  }

  init(from reader: inout WireReader) throws(WireError) {
    switch try reader.read(UInt8.self) {
    case 0: self = .hello(pid: try reader.read(), parent: try reader.read(), try WorkerRole(from: &reader))
    case 1: self = .segmentEnded
    case 7: self = .keeping(checkpoint: try reader.read())
    case 2: self = .unitStarted(try reader.read())
    case 3:
      self = .unitEnded(
        try reader.read(), outputs: try CapturedOutputs(from: &reader), files: try FileUses(from: &reader))
    case 4:
      self = .noCheckpoint(
        unit: try reader.read(), Leftovers(threads: try reader.read(), channels: try reader.read()))
    case 5: self = .childEnded(pid: try reader.read(), status: try reader.read())
    case 6: self = .cannotLoad(try reader.readString())
    case 8:
      self = .failed(
        outputs: try CapturedOutputs(from: &reader), files: try FileUses(from: &reader),
        try Failure(from: &reader))
    case let tag: throw .unknownTag(tag)
    }
  }
}

extension WorkerRole {
  fileprivate init(from reader: inout WireReader) throws(WireError) {
    let value = try reader.read(UInt8.self)
    guard let role = Self(rawValue: value) else { throw .unknownTag(value) }
    self = role
  }
}

extension CapturedOutputs: WireCodable {
  func write(to writer: inout WireWriter) {
    writer.write(records)
    writer.write(tails)
  }

  init(from reader: inout WireReader) throws(WireError) {
    self.init(records: try reader.readArray(), tails: try reader.readArray())
  }
}

extension CapturedOutputs.Kind {
  fileprivate init(from reader: inout WireReader) throws(WireError) {
    let value = try reader.read(UInt32.self)
    guard let kind = Self(rawValue: value) else { throw .unknownTag(UInt8(truncatingIfNeeded: value)) }
    self = kind
  }
}

extension CapturedOutputs.Record: WireCodable {
  func write(to writer: inout WireWriter) {
    writer.write(kind.rawValue)
    writer.write(bytes)
  }

  init(from reader: inout WireReader) throws(WireError) {
    self.init(kind: try .init(from: &reader), bytes: try reader.readBytes())
  }
}

extension CapturedOutputs.Tail: WireCodable {
  func write(to writer: inout WireWriter) {
    writer.write(kind.rawValue)
    writer.write(bytes)
    writer.write(omittedBytes)
    writer.write(omittedLines)
  }

  init(from reader: inout WireReader) throws(WireError) {
    self.init(
      kind: try .init(from: &reader), bytes: try reader.readBytes(), omittedBytes: try reader.read(),
      omittedLines: try reader.read())
  }
}

extension Failure: WireCodable {
  func write(to writer: inout WireWriter) {
    switch cause {
    case .signal(let signal, let isStackOverflow):
      writer.write(UInt8(0))
      writer.write(signal)
      writer.write(UInt8(isStackOverflow ? 1 : 0))
    case .exit(let status):
      writer.write(UInt8(1))
      writer.write(status)
    }
    writer.write(frames)
    writer.write(throwFrames)
  }

  init(from reader: inout WireReader) throws(WireError) {
    let cause: Cause
    switch try reader.read(UInt8.self) {
    case 0: cause = .signal(try reader.read(), isStackOverflow: try reader.read(UInt8.self) == 1)
    case 1: cause = .exit(try reader.read())
    case let tag: throw .unknownTag(tag)
    }
    self.init(cause: cause, frames: try reader.readArray(), throwFrames: try reader.readArray())
  }
}

extension Failure.Frame: WireCodable {
  func write(to writer: inout WireWriter) {
    writer.write(library)
    writer.write(offset)
  }

  init(from reader: inout WireReader) throws(WireError) {
    self.init(library: try reader.readString(), offset: try reader.read())
  }
}

extension FileUses: WireCodable {
  func write(to writer: inout WireWriter) {
    writer.write(reads)
    writer.write(writes)
    writer.write(UInt8(isUnrepeatable ? 1 : 0))
    writer.write(UInt8(isUnseen ? 1 : 0))
  }

  init(from reader: inout WireReader) throws(WireError) {
    self.init()
    reads = try reader.readArray()
    writes = try reader.readArray()
    isUnrepeatable = try reader.read(UInt8.self) != 0
    isUnseen = try reader.read(UInt8.self) != 0
  }
}

extension FileUse: WireCodable {
  func write(to writer: inout WireWriter) {
    writer.write(path)
    writer.write(aspect.rawValue)
    writer.write(state)
  }

  init(from reader: inout WireReader) throws(WireError) {
    let path = try reader.readString()
    let value = try reader.read(UInt8.self)
    guard let aspect = Aspect(rawValue: value) else { throw .unknownTag(value) }
    self.init(path: path, aspect: aspect, state: try reader.readString())
  }
}
