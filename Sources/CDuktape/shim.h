#include <duktape.h>
#include <setjmp.h>
#include <stdlib.h>

// A Duktape heap whose calls can be given up.
//
// Debian's Duktape is built without its own check for a time limit. But JavaScript that runs allocates, so the limit
// lies in the allocator: after so many allocations it jumps back to where the call was made. The heap is then in no
// state to be used again; all of its memory is in one list, and is freed without asking it. This is C because no Swift
// can jump over frames.

typedef struct lectern_block {
  struct lectern_block *previous, *next;
} lectern_block;

typedef struct {
  lectern_block blocks;
  duk_context *context;
  jmp_buf exit;
  int is_bounded;
  long allocations;
} lectern_sandbox;

static inline void lectern_count(lectern_sandbox *sandbox, size_t size) {
  if (!sandbox->is_bounded) return;
  if (--sandbox->allocations > 0 && size < ((size_t)64 << 20)) return;
  sandbox->is_bounded = 0;
  longjmp(sandbox->exit, 1);
}

static inline void *lectern_link(lectern_sandbox *sandbox, lectern_block *block) {
  block->previous = &sandbox->blocks;
  block->next = sandbox->blocks.next;
  block->next->previous = block;
  sandbox->blocks.next = block;
  return block + 1;
}

static inline void lectern_unlink(lectern_block *block) {
  block->previous->next = block->next;
  block->next->previous = block->previous;
}

static inline void *lectern_allocate(void *sandbox, size_t size) {
  if (size == 0) return NULL;
  lectern_count(sandbox, size);
  lectern_block *block = malloc(sizeof(lectern_block) + size);
  return block ? lectern_link(sandbox, block) : NULL;
}

static inline void lectern_free(void *sandbox, void *memory) {
  (void)sandbox;
  if (!memory) return;
  lectern_unlink((lectern_block *)memory - 1);
  free((lectern_block *)memory - 1);
}

static inline void *lectern_reallocate(void *sandbox, void *memory, size_t size) {
  if (!memory) return lectern_allocate(sandbox, size);
  if (size == 0) {
    lectern_free(sandbox, memory);
    return NULL;
  }
  lectern_count(sandbox, size);
  lectern_block *old = (lectern_block *)memory - 1;
  lectern_unlink(old);
  lectern_block *block = realloc(old, sizeof(lectern_block) + size);
  if (!block) {
    lectern_link(sandbox, old);
    return NULL;
  }
  return lectern_link(sandbox, block);
}

/// A sandbox with an empty heap, or NULL.
static inline lectern_sandbox *lectern_sandbox_create(void) {
  lectern_sandbox *sandbox = calloc(1, sizeof(lectern_sandbox));
  if (!sandbox) return NULL;
  sandbox->blocks.previous = sandbox->blocks.next = &sandbox->blocks;
  sandbox->context = duk_create_heap(lectern_allocate, lectern_reallocate, lectern_free, sandbox, NULL);
  return sandbox;
}

static inline duk_context *lectern_sandbox_context(lectern_sandbox *sandbox) {
  return sandbox->context;
}

/// `duk_pcall` of what is on the stack: 0, or DUK_EXEC_ERROR, or -1 where it was given up after `allocations`.
static inline int lectern_sandbox_call(lectern_sandbox *sandbox, duk_idx_t arguments, long allocations) {
  sandbox->allocations = allocations;
  if (setjmp(sandbox->exit) != 0) return -1;
  sandbox->is_bounded = 1;
  int outcome = duk_pcall(sandbox->context, arguments);
  sandbox->is_bounded = 0;
  return outcome;
}

static inline void lectern_sandbox_destroy(lectern_sandbox *sandbox) {
  while (sandbox->blocks.next != &sandbox->blocks) {
    lectern_block *block = sandbox->blocks.next;
    lectern_unlink(block);
    free(block);
  }
  free(sandbox);
}
