#include "CVectorMath.h"
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

// A pool of threads that survives fork(): the child starts with none and makes its own at first use.

// A worker looks out for the next job for a fraction of a millisecond before it sleeps: to be woken takes tens of
// microseconds, and the jobs of a training step follow each other faster than that.
enum { MOST = 64, SPINS = 10000 };

static pthread_mutex_t user = PTHREAD_MUTEX_INITIALIZER;  // held while one caller uses the pool
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;  // guards `wake`
static pthread_cond_t wake = PTHREAD_COND_INITIALIZER;
static int wanted;   // threads to use, the caller among them; 0: not asked yet
static int started;  // workers that run
static atomic_int ready;  // workers that have taken what locks a new thread takes
static int sleeping;  // workers that wait for `wake`; the others look out for a job by themselves

static _Atomic(void (*)(void *, long)) work;
static _Atomic(void *) context;
static atomic_long count;
static atomic_long finished;  // pieces of the job that are done
// The job's number (upper half) and its next piece (lower half), taken together: a worker that wakes late finds another
// number, and takes nothing. So the caller waits for pieces, never for a worker that has yet to be woken.
static atomic_ullong ticket;
static const unsigned long long CLOSED = 0xffffffff;
static _Thread_local int inside;

static unsigned generation(void) { return (unsigned)(atomic_load(&ticket) >> 32); }

static void run_pieces(void) {
  inside = 1;
  for (;;) {
    unsigned long long seen = atomic_load(&ticket);
    void (*job)(void *, long) = atomic_load(&work);
    void *argument = atomic_load(&context);
    long piece = (long)(seen & CLOSED);
    if (piece >= atomic_load(&count) || piece == (long)CLOSED) break;
    // Where this succeeds the job has not changed since it was read.
    if (!atomic_compare_exchange_weak(&ticket, &seen, seen + 1)) continue;
    job(argument, piece);
    atomic_fetch_add(&finished, 1);
  }
  inside = 0;
}

static void pause_briefly(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#endif
}

static void *worker(void *start) {
  inside = 0;  // at its first use the loader makes room for it, under a lock
  atomic_fetch_add(&ready, 1);
  unsigned seen = (unsigned)(uintptr_t)start;
  for (;;) {
    for (int i = 0; i < SPINS && generation() == seen; i++) pause_briefly();
    if (generation() == seen) {
      pthread_mutex_lock(&lock);
      sleeping++;
      while (generation() == seen) pthread_cond_wait(&wake, &lock);
      sleeping--;
      pthread_mutex_unlock(&lock);
    }
    seen = generation();
    run_pieces();
  }
  return NULL;
}

int lectern_thread_count(void) {
  if (wanted == 0) {
    const char *asked = getenv("OMP_NUM_THREADS");
    long cores = asked ? atol(asked) : sysconf(_SC_NPROCESSORS_ONLN);
    wanted = cores < 1 ? 1 : cores > MOST ? MOST : (int)cores;
  }
  return wanted;
}

int lectern_is_in_parallel(void) { return inside; }

int lectern_running_threads(void) { return started; }

void lectern_set_thread_count(int count) {
  pthread_mutex_lock(&user);
  wanted = count < 1 ? 1 : count > MOST ? MOST : count;
  pthread_mutex_unlock(&user);
}

/// Starts the workers that are missing. One that cannot be started is done without.
static void start_workers(void) {
  while (started < lectern_thread_count() - 1) {
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    pthread_t thread;
    uintptr_t seen = generation();
    int failed = pthread_create(&thread, &attributes, worker, (void *)seen);
    pthread_attr_destroy(&attributes);
    if (failed) break;
    started++;
  }
}

void lectern_parallel(long total, void (*job)(void *, long), void *argument) {
  if (total <= 1 || total >= (long)CLOSED || inside || lectern_thread_count() == 1 || pthread_mutex_trylock(&user)) {
    for (long i = 0; i < total; i++) job(argument, i);
    return;
  }
  start_workers();
  unsigned long long next = (unsigned long long)(generation() + 1u) << 32;
  atomic_store(&ticket, (next - (1ull << 32)) | CLOSED);  // nobody takes a piece while the job is being written
  atomic_store(&work, job);
  atomic_store(&context, argument);
  atomic_store(&count, total);
  atomic_store(&finished, 0);
  pthread_mutex_lock(&lock);
  atomic_store(&ticket, next);
  if (sleeping) pthread_cond_broadcast(&wake);
  pthread_mutex_unlock(&lock);
  run_pieces();
  for (int i = 0; atomic_load(&finished) < total; i++) i < 100000 ? pause_briefly() : (void)usleep(10);
  pthread_mutex_unlock(&user);
}

// The child would find locked for good what another thread has locked now.
static void before_fork(void) {
  pthread_mutex_lock(&user);
  while (atomic_load(&ready) < started) usleep(10);
}
static void after_fork_in_parent(void) { pthread_mutex_unlock(&user); }
static void after_fork_in_child(void) {
  started = 0;
  atomic_store(&ready, 0);
  sleeping = 0;
  pthread_mutex_init(&lock, NULL);
  pthread_cond_init(&wake, NULL);
  pthread_mutex_init(&user, NULL);
}

__attribute__((constructor)) static void prepare_for_forks(void) {
  pthread_atfork(before_fork, after_fork_in_parent, after_fork_in_child);
}

static _Thread_local LecternThreadState state;
LecternThreadState *lectern_thread_state(void) { return &state; }

static atomic_long last_number;
long lectern_next_number(void) { return atomic_fetch_add_explicit(&last_number, 1, memory_order_relaxed) + 1; }

void lectern_trap(void) { __builtin_trap(); }
