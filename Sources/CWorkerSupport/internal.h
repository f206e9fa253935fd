#ifndef C_WORKER_SUPPORT_INTERNAL_H
#define C_WORKER_SUPPORT_INTERNAL_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <stddef.h>
#include <sys/mman.h>

#include "CWorkerSupport.h"

// Memory that this process shares with all that are forked from it; pages are there once they are written.
static inline void *shared_memory(size_t size) {
  void *memory =
      mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  return memory == MAP_FAILED ? NULL : memory;
}

#endif
