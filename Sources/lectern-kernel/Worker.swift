import CWorkerSupport
import Glibc
import KernelProtocol

/// The process that cells run in, and its descendants.
///
/// The first process is the supervisor: it loads the library that cells see, forks the process that is to run them,
/// and from then on does nothing but end everything when the host is gone. Each process further down is first a
/// runner, executing cells, and then, at a cell's end, the checkpoint after that cell: it forks the next runner and
/// waits, either for the host's word or for that runner's end.
@main
struct Worker {
  static func main() {
    do {
      let arguments = try Arguments(CommandLine.arguments)
      try prepare(arguments)
      try Supervisor(socket: arguments.socket).run()
    } catch {
      // The host reads this from standard error, which is still its own when something fails this early.
      let message = "lectern-kernel: \(error)\n"
      _ = message.withCString { write(2, $0, strlen($0)) }
      exit(1)
    }
  }

  private static func prepare(_ arguments: Arguments) throws {
    guard process_become_supervisor() else { throw WorkerError.system("prctl") }
    guard let library = process_load(arguments.library, false) else {
      throw WorkerError.cannotLoad(String(cString: process_load_error()))
    }
    for path in arguments.runtimeLibraries {
      guard process_load(path, false) != nil else {
        throw WorkerError.cannotLoad(String(cString: process_load_error()))
      }
    }
    try RuntimeHooks.install(in: library)
    guard failure_watch() else { throw WorkerError.system("sigaction") }
    guard process_limit_memory(arguments.memoryLimit) else { throw WorkerError.system("setrlimit") }
    guard files_open() else { throw WorkerError.system("mmap") }
    guard capture_open(arguments.outputLimit) else { throw WorkerError.system("memfd_create") }
  }
}

/// `lectern-kernel SOCKET LIBRARY MEMORY-LIMIT OUTPUT-LIMIT [RUNTIME-LIBRARY …]`
struct Arguments {
  var socket: String
  /// `libNotebookLibrary.so`.
  var library: String
  /// Bytes that each process may allocate.
  var memoryLimit: UInt64
  /// Bytes of text that a cell's log keeps of each stream.
  var outputLimit: Int
  /// Libraries of the Swift runtime that cells need and the notebook library may not.
  var runtimeLibraries: [String]

  init(_ arguments: [String]) throws {
    guard arguments.count >= 5, let memory = UInt64(arguments[3]), let output = Int(arguments[4]) else {
      throw WorkerError.usage
    }
    socket = arguments[1]
    library = arguments[2]
    memoryLimit = memory
    outputLimit = output
    runtimeLibraries = Array(arguments.dropFirst(5))
  }
}

enum WorkerError: Error, CustomStringConvertible {
  case usage
  case cannotLoad(String)
  case cannotConnect(String)
  case missingSymbol(String)
  case system(String)

  var description: String {
    switch self {
    case .usage: "this is Lectern's worker; `lectern` starts it, nobody else needs to"
    case .cannotLoad(let message): "cannot load a library: \(message)"
    case .cannotConnect(let socket): "cannot connect to \(socket): \(String(cString: strerror(errno)))"
    case .missingSymbol(let name): "the notebook library has no \(name)"
    case .system(let call): "\(call): \(String(cString: strerror(errno)))"
    }
  }
}
