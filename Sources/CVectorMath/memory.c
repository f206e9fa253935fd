#include "CVectorMath.h"
#include <pthread.h>
#include <stdlib.h>

// Large blocks go back to lists by size rather than to the system: a fresh page costs a fault, and a training step asks
// for the same sizes over and over. Sizes are rounded up to four steps for each power of two, so that at most a fifth
// of a block is unused. Small blocks are malloc's business.
enum { SMALLEST = 1 << 14, CLASSES = 160 };
static const size_t KEPT_AT_MOST = (size_t)1 << 30;

typedef struct Block {
  struct Block *next;
} Block;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static Block *lists[CLASSES];
static size_t kept, in_use, peak;

static size_t rounded(size_t bytes, int *class) {
  size_t power = SMALLEST;
  int index = 0;
  while (power * 2 <= bytes) power *= 2, index += 4;
  size_t step = power / 4;
  size_t steps = (bytes - power + step - 1) / step;
  *class = index + (int)steps;
  return power + steps * step;
}

static void release_everything(void) {
  for (int i = 0; i < CLASSES; i++)
    for (Block *block = lists[i], *next; block; block = next) next = block->next, free(block);
  for (int i = 0; i < CLASSES; i++) lists[i] = NULL;
  kept = 0;
}

void *lectern_allocate(size_t bytes) {
  if (bytes < SMALLEST) return malloc(bytes ? bytes : 1);
  int class;
  size_t size = rounded(bytes, &class);
  pthread_mutex_lock(&lock);
  Block *block = lists[class];
  if (block) lists[class] = block->next, kept -= size;
  in_use += size;
  if (in_use > peak) peak = in_use;
  pthread_mutex_unlock(&lock);
  if (block) return block;
  void *fresh = NULL;
  if (posix_memalign(&fresh, 64, size) == 0) return fresh;
  pthread_mutex_lock(&lock);
  release_everything();
  int failed = posix_memalign(&fresh, 64, size);
  if (failed) in_use -= size;
  pthread_mutex_unlock(&lock);
  return failed ? NULL : fresh;
}

void lectern_free(void *pointer, size_t bytes) {
  if (bytes < SMALLEST) {
    free(pointer);
    return;
  }
  int class;
  size_t size = rounded(bytes, &class);
  pthread_mutex_lock(&lock);
  in_use -= size;
  int keep = kept + size <= KEPT_AT_MOST;
  if (keep) {
    Block *block = pointer;
    block->next = lists[class];
    lists[class] = block;
    kept += size;
  }
  pthread_mutex_unlock(&lock);
  if (!keep) free(pointer);
}

size_t lectern_bytes_kept(void) { return kept; }
size_t lectern_bytes_in_use(void) { return in_use; }
size_t lectern_bytes_peak(void) { return peak; }
void lectern_reset_peak(void) { peak = in_use; }

static void before_fork(void) { pthread_mutex_lock(&lock); }
static void after_fork(void) { pthread_mutex_unlock(&lock); }

__attribute__((constructor)) static void prepare_for_forks(void) { pthread_atfork(before_fork, after_fork, after_fork); }
