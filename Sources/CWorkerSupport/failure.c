#include "internal.h"

#include <dlfcn.h>
#include <execinfo.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <ucontext.h>
#include <unistd.h>

static failure_report *report;

static const int fatal_signals[] = {SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGABRT, SIGFPE};

static int32_t take_frames(uintptr_t *frames) {
  void *addresses[FAILURE_FRAMES];
  int count = backtrace(addresses, FAILURE_FRAMES);
  for (int i = 0; i < count; i++) frames[i] = (uintptr_t)addresses[i];
  return count;
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
