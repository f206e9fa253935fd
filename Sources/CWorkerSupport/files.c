#include "internal.h"

#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

// The functions below stand before the C library's of the same names: the loader looks for a symbol in the executable
// first, and so every library that a cell calls (Foundation, C++ streams) is seen too. Each notes what is asked for
// and then does what the C library does.

enum { LOG_CAPACITY = 4 << 20 };

typedef struct {
  atomic_bool watching;
  uint32_t effects;
  size_t length;
  uint8_t bytes[LOG_CAPACITY];
} file_log;

static file_log *file_log_shared;
static atomic_flag busy = ATOMIC_FLAG_INIT;

bool files_open(void) {
  file_log_shared = shared_memory(sizeof *file_log_shared);
  return file_log_shared != NULL;
}

void files_begin(void) {
  file_log_shared->length = 0;
  file_log_shared->effects = 0;
  atomic_store(&file_log_shared->watching, true);
}

void files_end(void) { atomic_store(&file_log_shared->watching, false); }

uint32_t files_effects(void) { return file_log_shared->effects; }

const uint8_t *files_records(size_t *length) {
  *length = file_log_shared->length;
  return file_log_shared->bytes;
}

uint64_t files_stamp(const char *path, uint8_t kind) {
  struct stat info;
  // Past the functions below.
  if (syscall(SYS_newfstatat, AT_FDCWD, path, &info, 0) != 0) return 0;
  uint64_t stamp = info.st_mode & S_IFMT;
  if (kind == FILES_CONTENTS) {
    stamp = stamp * 31 + (uint64_t)info.st_ino;
    stamp = stamp * 0x9E3779B97F4A7C15u + (uint64_t)info.st_ctim.tv_sec;
    stamp = stamp * 0x9E3779B97F4A7C15u + (uint64_t)info.st_ctim.tv_nsec;
  }
  if (!S_ISDIR(info.st_mode)) stamp = stamp * 0x9E3779B97F4A7C15u + (uint64_t)info.st_size;
  return stamp | 1;
}

static bool is_watching(void) { return file_log_shared && atomic_load(&file_log_shared->watching); }

static void note_effect(uint32_t effect) {
  if (is_watching()) file_log_shared->effects |= effect;
}

// Makes `path` absolute. What the system shows of itself there is no input that could be watched.
static bool resolve(int folder, const char *path, char *whole) {
  size_t length = 0;
  if (path[0] != '/') {
    if (folder == AT_FDCWD) {
      if (!getcwd(whole, PATH_MAX)) return false;
      length = strlen(whole);
    } else {
      char link[64];
      snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
      ssize_t count = syscall(SYS_readlinkat, AT_FDCWD, link, whole, PATH_MAX - 1);
      if (count <= 0) return false;
      length = (size_t)count;
    }
    while (path[0] == '.' && path[1] == '/') path += 2;
    if (path[0] == '.' && path[1] == 0) path++;
    if (path[0]) whole[length++] = '/';
  }
  if (length + strlen(path) >= PATH_MAX) return false;
  strcpy(whole + length, path);
  return strncmp(whole, "/proc/", 6) != 0 && strncmp(whole, "/sys/", 5) != 0 && strncmp(whole, "/dev/", 5) != 0;
}

static void note_at(int folder, const char *path, uint8_t kind) {
  if (!path || !is_watching()) return;
  int saved = errno;
  char whole[PATH_MAX];
  if (resolve(folder, path, whole)) {
    uint64_t stamp = kind == FILES_WRITTEN ? 0 : files_stamp(whole, kind);
    uint16_t length = (uint16_t)strlen(whole);
    while (atomic_flag_test_and_set_explicit(&busy, memory_order_acquire)) {
    }
    if (file_log_shared->length + 11 + length > LOG_CAPACITY) {
      file_log_shared->effects |= FILES_UNSEEN;
    } else {
      uint8_t *record = file_log_shared->bytes + file_log_shared->length;
      record[0] = kind;
      memcpy(record + 1, &stamp, 8);
      memcpy(record + 9, &length, 2);
      memcpy(record + 11, whole, length);
      file_log_shared->length += 11 + (size_t)length;
    }
    atomic_flag_clear_explicit(&busy, memory_order_release);
  }
  errno = saved;
}

static void note(const char *path, uint8_t kind) { note_at(AT_FDCWD, path, kind); }

static void note_open(int folder, const char *path, int flags) {
  if (flags & (O_CREAT | O_TRUNC) || (flags & O_ACCMODE) != O_RDONLY) {
    // What is neither created nor emptied is read as well, as far as anybody can tell.
    if (!(flags & O_TRUNC)) note_at(folder, path, flags & O_CREAT ? FILES_EXISTENCE : FILES_CONTENTS);
    note_at(folder, path, FILES_WRITTEN);
  } else {
    note_at(folder, path, FILES_CONTENTS);
  }
}

static void note_mode(const char *path, const char *mode) {
  if (strchr(mode, 'r')) note(path, FILES_CONTENTS);
  if (!strchr(mode, 'r') || strchr(mode, '+')) note(path, FILES_WRITTEN);
}

// The C library's own function of that name.
#define NEXT(type, name) \
  static __typeof__(type) next; \
  if (!next) next = (__typeof__(type))dlsym(RTLD_NEXT, name)

#define MODE_OF(flags) \
  mode_t mode = 0; \
  if (flags & (O_CREAT | __O_TMPFILE)) { \
    va_list rest; \
    va_start(rest, flags); \
    mode = va_arg(rest, mode_t); \
    va_end(rest); \
  }

// MARK: Opening

#define OPEN(name) \
  int name(const char *path, int flags, ...) { \
    MODE_OF(flags) \
    NEXT(int (*)(const char *, int, ...), #name); \
    note_open(AT_FDCWD, path, flags); \
    return next(path, flags, mode); \
  }
OPEN(open)
OPEN(open64)

#define OPENAT(name) \
  int name(int folder, const char *path, int flags, ...) { \
    MODE_OF(flags) \
    NEXT(int (*)(int, const char *, int, ...), #name); \
    note_open(folder, path, flags); \
    return next(folder, path, flags, mode); \
  }
OPENAT(openat)
OPENAT(openat64)

// What `open` becomes where a program was compiled with the C library's checks.
#define CHECKED_OPEN(name) \
  int name(const char *path, int flags) { \
    NEXT(int (*)(const char *, int), #name); \
    note_open(AT_FDCWD, path, flags); \
    return next(path, flags); \
  }
CHECKED_OPEN(__open_2)
CHECKED_OPEN(__open64_2)

#define FOPEN(name) \
  FILE *name(const char *path, const char *mode) { \
    NEXT(FILE * (*)(const char *, const char *), #name); \
    note_mode(path, mode); \
    return next(path, mode); \
  }
FOPEN(fopen)
FOPEN(fopen64)

#define FREOPEN(name) \
  FILE *name(const char *path, const char *mode, FILE *stream) { \
    NEXT(FILE * (*)(const char *, const char *, FILE *), #name); \
    note_mode(path, mode); \
    return next(path, mode, stream); \
  }
FREOPEN(freopen)
FREOPEN(freopen64)

// MARK: Calls that take a path, by what they do to it

#define ONE_PATH(result, name, kind, parameters, path, types, arguments) \
  result name parameters { \
    NEXT(result(*) types, #name); \
    note(path, kind); \
    return next arguments; \
  }

ONE_PATH(DIR *, opendir, FILES_CONTENTS, (const char *path), path, (const char *), (path))
ONE_PATH(int, scandir, FILES_CONTENTS,
         (const char *path, struct dirent ***list, int (*filter)(const struct dirent *),
          int (*compare)(const struct dirent **, const struct dirent **)),
         path,
         (const char *, struct dirent ***, int (*)(const struct dirent *),
          int (*)(const struct dirent **, const struct dirent **)),
         (path, list, filter, compare))
ONE_PATH(int, creat, FILES_WRITTEN, (const char *path, mode_t mode), path, (const char *, mode_t), (path, mode))
ONE_PATH(int, creat64, FILES_WRITTEN, (const char *path, mode_t mode), path, (const char *, mode_t), (path, mode))
ONE_PATH(int, mkdir, FILES_WRITTEN, (const char *path, mode_t mode), path, (const char *, mode_t), (path, mode))
ONE_PATH(int, rmdir, FILES_WRITTEN, (const char *path), path, (const char *), (path))
ONE_PATH(int, unlink, FILES_WRITTEN, (const char *path), path, (const char *), (path))
ONE_PATH(int, remove, FILES_WRITTEN, (const char *path), path, (const char *), (path))
ONE_PATH(int, truncate, FILES_WRITTEN, (const char *path, off_t size), path, (const char *, off_t), (path, size))
ONE_PATH(int, truncate64, FILES_WRITTEN, (const char *path, off64_t size), path, (const char *, off64_t), (path, size))
ONE_PATH(int, symlink, FILES_WRITTEN, (const char *target, const char *path), path, (const char *, const char *),
         (target, path))
ONE_PATH(int, link, FILES_WRITTEN, (const char *target, const char *path), path, (const char *, const char *),
         (target, path))
ONE_PATH(int, access, FILES_EXISTENCE, (const char *path, int mode), path, (const char *, int), (path, mode))
ONE_PATH(int, stat, FILES_EXISTENCE, (const char *path, struct stat *info), path, (const char *, struct stat *),
         (path, info))
ONE_PATH(int, lstat, FILES_EXISTENCE, (const char *path, struct stat *info), path, (const char *, struct stat *),
         (path, info))
ONE_PATH(int, stat64, FILES_EXISTENCE, (const char *path, struct stat64 *info), path,
         (const char *, struct stat64 *), (path, info))
ONE_PATH(int, lstat64, FILES_EXISTENCE, (const char *path, struct stat64 *info), path,
         (const char *, struct stat64 *), (path, info))
ONE_PATH(ssize_t, readlink, FILES_EXISTENCE, (const char *path, char *buffer, size_t size), path,
         (const char *, char *, size_t), (path, buffer, size))
ONE_PATH(char *, realpath, FILES_EXISTENCE, (const char *path, char *buffer), path, (const char *, char *),
         (path, buffer))

#define AT_PATH(result, name, kind, parameters, types, arguments) \
  result name parameters { \
    NEXT(result(*) types, #name); \
    note_at(folder, path, kind); \
    return next arguments; \
  }

AT_PATH(int, mkdirat, FILES_WRITTEN, (int folder, const char *path, mode_t mode), (int, const char *, mode_t),
        (folder, path, mode))
AT_PATH(int, unlinkat, FILES_WRITTEN, (int folder, const char *path, int flags), (int, const char *, int),
        (folder, path, flags))
AT_PATH(int, faccessat, FILES_EXISTENCE, (int folder, const char *path, int mode, int flags),
        (int, const char *, int, int), (folder, path, mode, flags))
AT_PATH(int, fstatat, FILES_EXISTENCE, (int folder, const char *path, struct stat *info, int flags),
        (int, const char *, struct stat *, int), (folder, path, info, flags))
AT_PATH(int, fstatat64, FILES_EXISTENCE, (int folder, const char *path, struct stat64 *info, int flags),
        (int, const char *, struct stat64 *, int), (folder, path, info, flags))
AT_PATH(int, statx, FILES_EXISTENCE,
        (int folder, const char *path, int flags, unsigned mask, struct statx *info),
        (int, const char *, int, unsigned, struct statx *), (folder, path, flags, mask, info))

int rename(const char *old, const char *new) {
  NEXT(int (*)(const char *, const char *), "rename");
  note(old, FILES_WRITTEN);
  note(new, FILES_WRITTEN);
  return next(old, new);
}

int renameat(int folder, const char *old, int target, const char *new) {
  NEXT(int (*)(int, const char *, int, const char *), "renameat");
  note_at(folder, old, FILES_WRITTEN);
  note_at(target, new, FILES_WRITTEN);
  return next(folder, old, target, new);
}

int renameat2(int folder, const char *old, int target, const char *new, unsigned flags) {
  NEXT(int (*)(int, const char *, int, const char *, unsigned), "renameat2");
  note_at(folder, old, FILES_WRITTEN);
  note_at(target, new, FILES_WRITTEN);
  return next(folder, old, target, new, flags);
}

// Temporary files: their names differ each time, and who makes one writes it.
#define TEMPORARY(result, name, failure) \
  result name(char *pattern) { \
    NEXT(result(*)(char *), #name); \
    result made = next(pattern); \
    if (made != failure) note(pattern, FILES_WRITTEN); \
    return made; \
  }
TEMPORARY(int, mkstemp, -1)
TEMPORARY(int, mkstemp64, -1)
TEMPORARY(char *, mkdtemp, NULL)

// Walks through folders, which the C library does without calling the functions above.
#define UNSEEN(result, name, parameters, types, arguments) \
  result name parameters { \
    NEXT(result(*) types, #name); \
    note_effect(FILES_UNSEEN); \
    return next arguments; \
  }

UNSEEN(void *, fts_open, (char *const *paths, int options, int (*compare)(const void *, const void *)),
       (char *const *, int, int (*)(const void *, const void *)), (paths, options, compare))
// MARK: Disks that are full or broken

// What a cell does then it would not do another day.
static void note_write_error(void) {
  if (errno == ENOSPC || errno == EDQUOT || errno == EFBIG || errno == EIO) note_effect(FILES_UNREPEATABLE);
}

#define WRITE(result, name, failure, parameters, types, arguments) \
  result name parameters { \
    NEXT(result(*) types, #name); \
    result written = next arguments; \
    if (written == failure) note_write_error(); \
    return written; \
  }

WRITE(ssize_t, write, -1, (int file, const void *bytes, size_t count), (int, const void *, size_t), (file, bytes, count))
WRITE(ssize_t, pwrite, -1, (int file, const void *bytes, size_t count, off_t offset),
      (int, const void *, size_t, off_t), (file, bytes, count, offset))
WRITE(ssize_t, pwrite64, -1, (int file, const void *bytes, size_t count, off64_t offset),
      (int, const void *, size_t, off64_t), (file, bytes, count, offset))
WRITE(ssize_t, writev, -1, (int file, const struct iovec *parts, int count), (int, const struct iovec *, int),
      (file, parts, count))
WRITE(int, ftruncate, -1, (int file, off_t size), (int, off_t), (file, size))
WRITE(int, ftruncate64, -1, (int file, off64_t size), (int, off64_t), (file, size))
WRITE(int, fflush, EOF, (FILE *stream), (FILE *), (stream))
WRITE(int, fclose, EOF, (FILE *stream), (FILE *), (stream))

// MARK: Other programs, and other machines

UNSEEN(int, system, (const char *command), (const char *), (command))
UNSEEN(FILE *, popen, (const char *command, const char *mode), (const char *, const char *), (command, mode))
UNSEEN(int, posix_spawn,
       (pid_t *pid, const char *path, const posix_spawn_file_actions_t *actions, const posix_spawnattr_t *attributes,
        char *const arguments[], char *const environment[]),
       (pid_t *, const char *, const posix_spawn_file_actions_t *, const posix_spawnattr_t *, char *const[],
        char *const[]),
       (pid, path, actions, attributes, arguments, environment))
UNSEEN(int, posix_spawnp,
       (pid_t *pid, const char *path, const posix_spawn_file_actions_t *actions, const posix_spawnattr_t *attributes,
        char *const arguments[], char *const environment[]),
       (pid_t *, const char *, const posix_spawn_file_actions_t *, const posix_spawnattr_t *, char *const[],
        char *const[]),
       (pid, path, actions, attributes, arguments, environment))
UNSEEN(int, execve, (const char *path, char *const arguments[], char *const environment[]),
       (const char *, char *const[], char *const[]), (path, arguments, environment))
UNSEEN(int, execv, (const char *path, char *const arguments[]), (const char *, char *const[]), (path, arguments))
UNSEEN(int, execvp, (const char *path, char *const arguments[]), (const char *, char *const[]), (path, arguments))

int connect(int descriptor, const struct sockaddr *address, socklen_t length) {
  NEXT(int (*)(int, const struct sockaddr *, socklen_t), "connect");
  note_effect(FILES_UNREPEATABLE);
  return next(descriptor, address, length);
}

// MARK: The process's own state

UNSEEN(int, chdir, (const char *path), (const char *), (path))
UNSEEN(int, fchdir, (int folder), (int), (folder))
UNSEEN(mode_t, umask, (mode_t mask), (mode_t), (mask))
UNSEEN(int, setenv, (const char *name, const char *value, int replaces), (const char *, const char *, int),
       (name, value, replaces))
UNSEEN(int, unsetenv, (const char *name), (const char *), (name))
UNSEEN(int, putenv, (char *setting), (char *), (setting))
