#include "internal.h"

#include <dlfcn.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/uio.h>
#include <ucontext.h>
#include <unistd.h>
#include <unwind.h>

static failure_report *report;

static const int fatal_signals[] = {SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGABRT, SIGFPE};

typedef struct {
  uintptr_t *frames;
  int32_t count;
  uintptr_t frame_pointer;  // of the frame found last
} frame_list;

#if defined(__x86_64__)
#define FRAME_POINTER_REGISTER 6
#elif defined(__aarch64__)
#define FRAME_POINTER_REGISTER 29
#endif

static _Unwind_Reason_Code add_frame(struct _Unwind_Context *context, void *data) {
  frame_list *list = data;
  if (list->count == FAILURE_FRAMES) return _URC_END_OF_STACK;
  list->frames[list->count++] = _Unwind_GetIP(context);
  list->frame_pointer = _Unwind_GetGR(context, FRAME_POINTER_REGISTER);
  return _URC_NO_REASON;
}

// Reads this process's own memory without faulting where there is none.
static bool read_memory(uintptr_t address, void *buffer, size_t size) {
  struct iovec local = {buffer, size}, remote = {(void *)address, size};
  return process_vm_readv(getpid(), &local, 1, &remote, 1, 0) == (ssize_t)size;
}

// The calls that led here, innermost first. The C library's frames have unwind tables and no frame pointers, cells'
// frames the other way round: so the unwinder goes as far as it can, and the chain of frame pointers from there.
static int32_t take_frames(uintptr_t *frames) {
  frame_list list = {.frames = frames};
  _Unwind_Backtrace(add_frame, &list);
  uintptr_t link[2];  // the caller's frame pointer, the return address
  while (list.count < FAILURE_FRAMES && read_memory(list.frame_pointer, link, sizeof link)) {
    if (link[1] == 0) break;
    frames[list.count++] = link[1];
    if (link[0] <= list.frame_pointer) break;
    list.frame_pointer = link[0];
  }
  return list.count;
}

#if defined(__x86_64__)
#define STACK_POINTER(machine) ((uintptr_t)(machine)->uc_mcontext.gregs[REG_RSP])
#define PROGRAM_COUNTER(machine) ((uintptr_t)(machine)->uc_mcontext.gregs[REG_RIP])
#elif defined(__aarch64__)
#define STACK_POINTER(machine) ((uintptr_t)(machine)->uc_mcontext.sp)
#define PROGRAM_COUNTER(machine) ((uintptr_t)(machine)->uc_mcontext.pc)
#else
#error "tell where this machine keeps its stack pointer and its program counter"
#endif

// An interrupt may come before a function has set up its frame, or in a stub that has none: then the caller is known
// only from the stack's top. (What lies there otherwise is no address in a cell, nearly always.)
static void add_top_of_stack(uintptr_t counter, uintptr_t stack_pointer) {
  uintptr_t address;
  if (report->frame_count == FAILURE_FRAMES || !read_memory(stack_pointer, &address, sizeof address)) return;
  for (int32_t i = 0; i < report->frame_count; i++) {
    if (report->frames[i] != counter) continue;
    memmove(&report->frames[i + 2], &report->frames[i + 1],
            (size_t)(report->frame_count - i - 1) * sizeof address);
    report->frames[i + 1] = address;
    report->frame_count++;
    return;
  }
}

static void on_signal(int signal, siginfo_t *info, void *context) {
  const ucontext_t *machine = context;
  report->kind = FAILURE_SIGNAL;
  report->code = signal;
  if (signal == SIGSEGV || signal == SIGBUS) {
    // A stack that has overflowed faults close to its pointer.
    uintptr_t fault = (uintptr_t)info->si_addr, stack = STACK_POINTER(machine);
    uintptr_t distance = fault > stack ? fault - stack : stack - fault;
    report->stack_overflow = distance < (64 << 10);
  }
  report->frame_count = take_frames(report->frames);
  if (signal == failure_interrupt_signal()) add_top_of_stack(PROGRAM_COUNTER(machine), STACK_POINTER(machine));
  // All others are return addresses, of which the call is the instruction before.
  for (int32_t i = 0; i < report->frame_count; i++) {
    if (report->frames[i] == PROGRAM_COUNTER(machine)) report->frames[i]++;
  }
  if (signal == failure_interrupt_signal()) _exit(124);
  raise(signal);  // SA_RESETHAND: this time it is fatal
}

static void on_exit_called(int status, void *unused) {
  (void)unused;
  report->kind = FAILURE_EXIT;
  report->code = status;
  report->frame_count = take_frames(report->frames);
}

static void on_throw(void *error) {
  (void)error;
  report->throw_frame_count = take_frames(report->throw_frames);
}

static void on_typed_throw(void *error, const void *type, const void *const *conformance) {
  (void)type;
  (void)conformance;
  on_throw(error);
}

static void hook(const char *name, void *function) {
  void **variable = dlsym(RTLD_DEFAULT, name);
  if (variable) *variable = function;
}

int failure_interrupt_signal(void) { return SIGQUIT; }

bool failure_watch(void) {
  report = shared_memory(sizeof *report);
  if (!report) return false;

  // The first call loads the unwinder; later ones allocate nothing and are safe in a handler.
  uintptr_t frames[FAILURE_FRAMES];
  take_frames(frames);

  static uint8_t alternate_stack[256 << 10];
  stack_t stack = {.ss_sp = alternate_stack, .ss_size = sizeof alternate_stack};
  if (sigaltstack(&stack, NULL) != 0) return false;

  struct sigaction action = {.sa_sigaction = on_signal,
                             .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESETHAND | SA_NODEFER};
  for (size_t i = 0; i < sizeof fatal_signals / sizeof *fatal_signals; i++) {
    if (sigaction(fatal_signals[i], &action, NULL) != 0) return false;
  }
  if (sigaction(failure_interrupt_signal(), &action, NULL) != 0) return false;
  if (on_exit(on_exit_called, NULL) != 0) return false;

  struct rlimit none = {0, 0};
  setrlimit(RLIMIT_CORE, &none);

  hook("_swift_willThrow", on_throw);
  hook("_swift_willThrowTypedImpl", on_typed_throw);
  return true;
}

void failure_reset(void) { memset(report, 0, sizeof *report); }

const failure_report *failure_last(void) { return report; }
