import CWorkerSupport
import Glibc
import KernelProtocol

/// The first process: it outlives all others, so that none is left behind.
struct Supervisor {
  var socket: String

  func run() throws {
    setpgid(0, 0)
    let host = try connect(to: socket)
    try host.send(.hello(pid: getpid(), parent: getppid(), .supervisor))
    let child = process_fork()
    guard child >= 0 else { throw WorkerError.system("fork") }
    if child == 0 {
      host.close()
      Runner.start(socket: socket)
    }
    waitForEnd(of: host)
    kill(0, SIGKILL)
  }

  /// Returns when the host says so, or is gone.
  private func waitForEnd(of host: Connection) {
    var request = pollfd(fd: host.descriptor, events: Int16(POLLIN), revents: 0)
    while true {
      let ready = poll(&request, 1, 1000)
      if ready > 0 { return }
      // Orphans that ended are this process's to bury.
      while waitpid(-1, nil, WNOHANG) > 0 {}
    }
  }
}

/// A new connection to the host.
func connect(to path: String) throws -> Connection {
  let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
  guard descriptor >= 0 else { throw WorkerError.system("socket") }
  guard withSocketAddress(path, { Glibc.connect(descriptor, $0, $1) }) == 0 else {
    throw WorkerError.cannotConnect(path)
  }
  return Connection(descriptor: descriptor)
}
