/// What the host says to a process of the worker.
///
/// The worker's processes share one log of outputs, files and failures. So it is the host that gives the word, and at
/// any time one of them has it.
public enum HostMessage: Hashable, Sendable {
  /// Load a segment's library and run its code. A checkpoint forks first and stays what it is.
  case run(library: String, entry: String)
  /// Begin: to a process that was forked, and has said hello.
  case proceed
  /// Say what the log holds of a child that ended with this status.
  case report(status: Int32)
  /// End.
  case exit
}

/// What a process of the worker says to the host, each over a connection of its own.
public enum WorkerMessage: Hashable, Sendable {
  /// The first message of every process, which then waits for the host's word.
  case hello(pid: Int32, parent: Int32, WorkerRole)
  /// It keeps the state after that unit, -1 for the state above the first, and takes commands.
  case keeping(checkpoint: Int32)
  /// It ran a segment to its end, and takes commands.
  case segmentEnded
  /// Unit begins.
  case unitStarted(Int32)
  /// Unit ran to its end.
  case unitEnded(Int32, outputs: CapturedOutputs, files: FileUses)
  /// No checkpoint was taken after this unit, because of what it left behind.
  case noCheckpoint(unit: Int32, Leftovers)
  /// The process's child ended, with that status.
  case childEnded(pid: Int32, status: Int32)
  /// What the log holds of the unit in which it ended.
  case failed(outputs: CapturedOutputs, files: FileUses, Failure)
  /// The library cannot be loaded.
  case cannotLoad(String)
}

/// What a process of the worker is there for.
public enum WorkerRole: UInt8, Sendable {
  /// It runs nothing, and outlives all others.
  case supervisor = 1
  /// It keeps the state above the first unit.
  case top
  /// A checkpoint forked it, to run what comes after.
  case runner
}

/// What a unit left in its process that is not the same in two processes forked from it.
public struct Leftovers: Hashable, Sendable {
  /// Threads, which a fork loses.
  public var threads: Int32
  /// Open pipes and sockets, from which a byte can be read once.
  public var channels: Int32

  public init(threads: Int32, channels: Int32) {
    self.threads = threads
    self.channels = channels
  }

  public var isEmpty: Bool { threads <= 0 && channels <= 0 }
}

/// The log of what one unit put out.
public struct CapturedOutputs: Hashable, Sendable {
  public enum Kind: UInt32, Sendable {
    case stdout = 1
    case stderr, figure, inlineValue
  }

  public struct Record: Hashable, Sendable {
    public var kind: Kind
    public var bytes: [UInt8]
    public init(kind: Kind, bytes: [UInt8]) {
      self.kind = kind
      self.bytes = bytes
    }
  }

  /// The end of a stream that put out more than is kept, and how much is missing before it.
  public struct Tail: Hashable, Sendable {
    public var kind: Kind
    public var bytes: [UInt8]
    public var omittedBytes: UInt64
    public var omittedLines: UInt64
    public init(kind: Kind, bytes: [UInt8], omittedBytes: UInt64, omittedLines: UInt64) {
      self.kind = kind
      self.bytes = bytes
      self.omittedBytes = omittedBytes
      self.omittedLines = omittedLines
    }
  }

  public var records: [Record]
  public var tails: [Tail]

  public init(records: [Record] = [], tails: [Tail] = []) {
    self.records = records
    self.tails = tails
  }
}

/// How a process ended.
public struct Failure: Hashable, Sendable {
  public enum Cause: Hashable, Sendable {
    case signal(Int32, isStackOverflow: Bool)
    case exit(Int32)
  }

  /// An address in a cell's library; the instruction before it is the one that was being executed.
  public struct Frame: Hashable, Sendable {
    public var library: String
    public var offset: UInt64
    public init(library: String, offset: UInt64) {
      self.library = library
      self.offset = offset
    }
  }

  public var cause: Cause
  /// Where it was, innermost call first; only the calls in cells.
  public var frames: [Frame]
  /// Where the last error was thrown.
  public var throwFrames: [Frame]

  public init(cause: Cause, frames: [Frame] = [], throwFrames: [Frame] = []) {
    self.cause = cause
    self.frames = frames
    self.throwFrames = throwFrames
  }
}
