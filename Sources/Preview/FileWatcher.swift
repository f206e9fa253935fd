import Foundation
import Glibc
import Synchronization

/// Tells of files that change, by the kernel's inotify.
///
/// Folders are watched, not files: editors put a new file in the old one's place. A folder that appears in a watched
/// tree is watched from then on, and what lies in it already is told of.
final class FileWatcher: Sendable {
  /// What is watched: whole trees, and single folders.
  struct Targets: Hashable, Sendable {
    var trees: Set<String> = []
    var folders: Set<String> = []
    /// Folders within the trees that are left out.
    var excluded: Set<String> = []
  }

  /// Something that happened to a file or folder.
  struct Change: Hashable, Sendable {
    var path: String
    var isRemoval: Bool
    var isFolder: Bool
  }

  /// Changes as they come. The stream ends with the watcher.
  let changes: AsyncStream<Change>

  private struct State {
    var targets = Targets()
    var paths: [Int32: String] = [:]
    var watches: [String: Int32] = [:]
    var isStopped = false
  }

  private let state = Mutex(State())
  private let output: AsyncStream<Change>.Continuation
  private let inotify: Int32
  private let stopping: (reading: Int32, writing: Int32)

  /// - Throws: `POSIXError` where the system has no more watches to give.
  init() throws(POSIXError) {
    inotify = inotify_init1(Int32(IN_CLOEXEC | IN_NONBLOCK))
    guard inotify >= 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EMFILE) }
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else {
      let code = errno
      close(inotify)
      throw POSIXError(POSIXErrorCode(rawValue: code) ?? .EMFILE)
    }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    stopping = (ends[0], ends[1])
    (changes, output) = AsyncStream.makeStream()
    Thread.detachNewThread { [self] in
      readEvents()
      output.finish()
      for descriptor in [inotify, stopping.reading, stopping.writing] { close(descriptor) }
    }
  }

  /// May be called more than once: the descriptors are others' after the first time.
  func stop() {
    state.withLock { state in
      guard !state.isStopped else { return }
      state.isStopped = true
      var byte: UInt8 = 0
      _ = write(stopping.writing, &byte, 1)
    }
  }

  /// Watches these from now on; what is watched already stays so without a gap.
  func watch(_ targets: Targets) {
    state.withLock { state in
      guard !state.isStopped else { return }
      state.targets = targets
      var wanted = targets.folders
      for tree in targets.trees { wanted.formUnion(Self.foldersOfTree(tree, excluding: targets.excluded)) }
      for (path, watch) in state.watches where !wanted.contains(path) {
        inotify_rm_watch(inotify, watch)
        state.watches[path] = nil
        state.paths[watch] = nil
      }
      for path in wanted where state.watches[path] == nil { _ = add(path, &state) }
    }
  }

  private func add(_ path: String, _ state: inout State) -> Bool {
    let events: Int32 =
      IN_CLOSE_WRITE | IN_CREATE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_ATTRIB | IN_DELETE_SELF
      | IN_MOVE_SELF | IN_ONLYDIR
    let watch = inotify_add_watch(inotify, path, UInt32(bitPattern: events))
    guard watch >= 0 else { return false }
    // The same folder under another name has the same watch.
    if let old = state.paths[watch] { state.watches[old] = nil }
    state.paths[watch] = path
    state.watches[path] = watch
    return true
  }

  // MARK: Events

  private func readEvents() {
    let size = 64 << 10
    let buffer = UnsafeMutableRawPointer.allocate(
      byteCount: size, alignment: MemoryLayout<inotify_event>.alignment)
    defer { buffer.deallocate() }
    var descriptors = [
      pollfd(fd: inotify, events: Int16(POLLIN), revents: 0),
      pollfd(fd: stopping.reading, events: Int16(POLLIN), revents: 0),
    ]
    while true {
      let ready = poll(&descriptors, 2, -1)
      if descriptors[1].revents != 0 || (ready < 0 && errno != EINTR) { return }
      let count = read(inotify, buffer, size)
      if count > 0 { handle(UnsafeRawBufferPointer(start: buffer, count: count)) }
    }
  }

  private func handle(_ bytes: UnsafeRawBufferPointer) {
    var offset = 0
    let header = MemoryLayout<inotify_event>.size
    while offset + header <= bytes.count {
      let event = bytes.loadUnaligned(fromByteOffset: offset, as: inotify_event.self)
      let name = bytes[(offset + header)..<(offset + header + Int(event.len))].prefix { $0 != 0 }
      handle(event, name: String(decoding: name, as: UTF8.self))
      offset += header + Int(event.len)
    }
  }

  private func handle(_ event: inotify_event, name: String) {
    func has(_ flags: Int32...) -> Bool { flags.contains { event.mask & UInt32(bitPattern: $0) != 0 } }
    if has(IN_Q_OVERFLOW) {
      // Events were lost: whatever is watched may have changed.
      for tree in state.withLock(\.targets.trees) { tell(tree, isFolder: true) }
      return
    }
    guard let folder = state.withLock({ $0.paths[event.wd] }) else { return }
    if has(IN_IGNORED) {
      state.withLock { state in
        state.paths[event.wd] = nil
        if state.watches[folder] == event.wd { state.watches[folder] = nil }
      }
    } else if has(IN_DELETE_SELF, IN_MOVE_SELF) {
      // A folder that was moved away is no longer under this name.
      _ = inotify_rm_watch(inotify, event.wd)
      tell(folder, isRemoval: true, isFolder: true)
    } else if name.isEmpty {
      return
    } else if has(IN_ISDIR) {
      let path = folder + "/" + name
      if has(IN_CREATE, IN_MOVED_TO) { watchNewFolder(path) }
      if has(IN_CREATE, IN_MOVED_TO, IN_MOVED_FROM, IN_DELETE) {
        tell(path, isRemoval: has(IN_MOVED_FROM, IN_DELETE), isFolder: true)
      }
    } else {
      let path = folder + "/" + name
      // A file that was just made is written next, and told of when it is closed; a link is not.
      if has(IN_CREATE), !Self.isLink(path) { return }
      tell(path, isRemoval: has(IN_MOVED_FROM, IN_DELETE))
    }
  }

  private func tell(_ path: String, isRemoval: Bool = false, isFolder: Bool = false) {
    output.yield(Change(path: path, isRemoval: isRemoval, isFolder: isFolder))
  }

  /// Watches a folder that appeared in a tree, and tells of the files that were in it before it was watched.
  private func watchNewFolder(_ path: String) {
    let folders = state.withLock { state -> [String] in
      let targets = state.targets
      guard targets.trees.contains(where: { path.hasPrefix($0 + "/") }) else { return [] }
      let folders = Self.foldersOfTree(path, excluding: targets.excluded)
      return folders.filter { add($0, &state) }
    }
    for folder in folders {
      for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] {
        tell(folder + "/" + name)
      }
    }
  }

  private static func isLink(_ path: String) -> Bool {
    var status = stat()
    guard lstat(path, &status) == 0 else { return false }
    return status.st_mode & S_IFMT == S_IFLNK || status.st_nlink > 1
  }

  /// A folder and all below it; hidden ones, those that are links, and excluded ones are left out.
  private static func foldersOfTree(_ root: String, excluding excluded: Set<String>) -> [String] {
    guard !excluded.contains(root), let names = try? FileManager.default.contentsOfDirectory(atPath: root)
    else { return [] }
    var folders = [root]
    for name in names where !name.hasPrefix(".") {
      let path = root + "/" + name
      var status = stat()
      if lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
        folders += foldersOfTree(path, excluding: excluded)
      }
    }
    return folders
  }
}
