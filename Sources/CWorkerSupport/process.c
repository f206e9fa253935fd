#include "internal.h"

#include <dirent.h>
#include <dlfcn.h>
#include <link.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

// Cell libraries are numbered in shared memory, so that a checkpoint can tell where its dead child was, though it
// never loaded that library itself.
enum { MOST_LIBRARIES = 16384, MOST_LOADED = 4096, LONGEST_PATH = 1024 };

typedef struct {
  uintptr_t base, end;
  char path[LONGEST_PATH];
} library;

// The numbers of the libraries that one process has loaded.
typedef struct {
  int32_t count;
  int32_t numbers[MOST_LOADED];
} loaded_libraries;

static struct {
  int32_t count;
  library libraries[MOST_LIBRARIES];
  loaded_libraries running;  // of the process that runs cells, or did last
} *table;

// Libraries of processes that have nothing to do with each other may lie at the same addresses: each process knows its
// own, which it has from its parent and from what it loaded itself.
static loaded_libraries loaded;

void process_begin(void) {
  if (!table) return;
  table->running.count = loaded.count;
  memcpy(table->running.numbers, loaded.numbers, (size_t)loaded.count * sizeof *loaded.numbers);
}

static int find_end(struct dl_phdr_info *info, size_t size, void *data) {
  (void)size;
  library *found = data;
  if (info->dlpi_addr != found->base) return 0;
  for (int i = 0; i < info->dlpi_phnum; i++) {
    if (info->dlpi_phdr[i].p_type != PT_LOAD) continue;
    uintptr_t end = info->dlpi_addr + info->dlpi_phdr[i].p_vaddr + info->dlpi_phdr[i].p_memsz;
    if (end > found->end) found->end = end;
  }
  return 1;
}

void *process_load(const char *path, bool is_cell_library) {
  void *handle = dlopen(path, RTLD_NOW | RTLD_GLOBAL);
  if (!handle || !is_cell_library) return handle;
  struct link_map *map;
  if (table && table->count < MOST_LIBRARIES && loaded.count < MOST_LOADED && strlen(path) < LONGEST_PATH &&
      dlinfo(handle, RTLD_DI_LINKMAP, &map) == 0) {
    library *entry = &table->libraries[table->count];
    entry->base = map->l_addr;
    entry->end = 0;
    strcpy(entry->path, path);
    dl_iterate_phdr(find_end, entry);
    loaded.numbers[loaded.count++] = table->count++;
    process_begin();
  }
  return handle;
}

const char *process_load_error(void) {
  const char *message = dlerror();
  return message ? message : "unknown";
}

int32_t process_locate(uintptr_t address, uint64_t *offset) {
  if (!table) return -1;
  for (int32_t i = 0; i < table->running.count; i++) {
    const library *candidate = &table->libraries[table->running.numbers[i]];
    if (address >= candidate->base && address < candidate->end) {
      *offset = address - candidate->base;
      return table->running.numbers[i];
    }
  }
  return -1;
}

const char *process_library_path(int32_t number) { return table->libraries[number].path; }

bool process_become_supervisor(void) {
  table = shared_memory(sizeof *table);
  return table && prctl(PR_SET_CHILD_SUBREAPER, 1) == 0;
}

// Swift's locks hold the number of the thread that has them, and each library with such locks remembers that number for
// the calling thread. A forked child has another number and remembers its parent's: the first lock of its own that a
// second thread waits for is never let go, since the kernel does not take the child for its owner. So each memory of
// the number is found before the fork, and corrected after it.
typedef struct {
  int32_t number;
  int32_t count;
  int32_t *places[64];
} remembered_number;

static int find_number(struct dl_phdr_info *info, size_t size, void *data) {
  remembered_number *found = data;
  if (size < offsetof(struct dl_phdr_info, dlpi_tls_data) + sizeof info->dlpi_tls_data) return 0;
  // The C library looks after its own.
  if (!info->dlpi_tls_data || strstr(info->dlpi_name, "/libc.so")) return 0;
  for (int i = 0; i < info->dlpi_phnum; i++) {
    if (info->dlpi_phdr[i].p_type != PT_TLS) continue;
    int32_t *words = info->dlpi_tls_data;
    for (size_t word = 0; word < info->dlpi_phdr[i].p_memsz / sizeof *words; word++) {
      if (words[word] != found->number || found->count == sizeof found->places / sizeof *found->places) continue;
      found->places[found->count++] = &words[word];
    }
  }
  return 0;
}

int process_fork(void) {
  remembered_number found = {.number = gettid()};
  dl_iterate_phdr(find_number, &found);
  int child = fork();
  if (child == 0) {
    for (int32_t i = 0; i < found.count; i++) *found.places[i] = gettid();
  }
  return child;
}

int process_open(int pid) { return (int)syscall(SYS_pidfd_open, pid, 0); }

int32_t process_foreign_threads(void) {
  // OpenBLAS ends its threads before a fork and starts them again when they are next needed.
  void (*shut_down)(void) = (void (*)(void))dlsym(RTLD_DEFAULT, "blas_thread_shutdown_");
  if (shut_down) shut_down();
  // The library's own pool starts anew in a child, too.
  int (*pool)(void) = (int (*)(void))dlsym(RTLD_DEFAULT, "lectern_running_threads");
  DIR *tasks = opendir("/proc/self/task");
  if (!tasks) return 0;
  int32_t count = 0;
  for (struct dirent *entry; (entry = readdir(tasks));) count += entry->d_name[0] != '.';
  closedir(tasks);
  return count - 1 - (pool ? pool() : 0);
}

// MARK: Descriptors

enum { MOST_DESCRIPTORS = 1024 };

// Those that the worker itself has, before any cell.
static bool is_own[MOST_DESCRIPTORS];
// Where files stood that cells left open; -1 for what is no such file.
static off_t offsets[MOST_DESCRIPTORS];

void process_note_descriptors(void) {
  struct stat info;
  for (int i = 0; i < MOST_DESCRIPTORS; i++) is_own[i] = fstat(i, &info) == 0;
}

int32_t process_open_channels(int connection) {
  int32_t count = 0;
  struct stat info;
  for (int i = 0; i < MOST_DESCRIPTORS; i++) {
    if (is_own[i] || i == connection || fstat(i, &info) != 0) continue;
    count += S_ISFIFO(info.st_mode) || S_ISSOCK(info.st_mode);
  }
  return count;
}

void process_note_offsets(void) {
  struct stat info;
  for (int i = 0; i < MOST_DESCRIPTORS; i++) {
    bool is_file = !is_own[i] && fstat(i, &info) == 0 && S_ISREG(info.st_mode);
    offsets[i] = is_file ? lseek(i, 0, SEEK_CUR) : -1;
  }
}

void process_restore_offsets(void) {
  for (int i = 0; i < MOST_DESCRIPTORS; i++) {
    if (offsets[i] >= 0) lseek(i, offsets[i], SEEK_SET);
  }
}

// OpenBLAS tries for ever where it cannot have its buffers, so it gets them before there is a limit: by one product
// that is large enough for all of its threads. It keeps them for good, and hands them on through forks.
static void allocate_blas_buffers(void) {
  enum { SIZE = 256 };
  void (*choose)(void) = (void (*)(void))dlsym(RTLD_DEFAULT, "lectern_choose_blas_core");
  void (*multiply)(int, int, int, int, int, int, float, const float *, int, const float *, int, float, float *, int) =
      dlsym(RTLD_DEFAULT, "cblas_sgemm");
  float *matrix = calloc(2 * SIZE * SIZE, sizeof *matrix);
  if (choose) choose();
  if (multiply && matrix) {
    multiply(101, 111, 111, SIZE, SIZE, SIZE, 1, matrix, SIZE, matrix, SIZE, 0, matrix + SIZE * SIZE, SIZE);
  }
  free(matrix);
}

// Bytes that the process has for data now.
static uint64_t data_size(void) {
  unsigned long size = 0;
  FILE *status = fopen("/proc/self/statm", "r");
  if (!status) return 0;
  if (fscanf(status, "%*u %*u %*u %*u %*u %lu", &size) != 1) size = 0;
  fclose(status);
  return (uint64_t)size * (uint64_t)sysconf(_SC_PAGESIZE);
}

bool process_limit_memory(uint64_t bytes) {
  allocate_blas_buffers();
  uint64_t total = data_size() + bytes;
  struct rlimit limit = {total, total};
  return setrlimit(RLIMIT_DATA, &limit) == 0;
}
