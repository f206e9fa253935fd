#include "CVectorMath.h"
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

// A pool of threads that survives fork(): the child starts with none and makes its own at first use.

enum { MOST = 64, SPINS = 2000 };

static pthread_mutex_t user = PTHREAD_MUTEX_INITIALIZER;  // held while one caller uses the pool
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;  // guards `wake`
static pthread_cond_t wake = PTHREAD_COND_INITIALIZER;
static int wanted;   // threads to use, the caller among them; 0: not asked yet
static int started;  // workers that run

static void (*work)(void *, long);
static void *context;
static long count;
static atomic_long next_index;
static atomic_int busy;        // workers that have not finished the job
static atomic_uint generation;  // goes up with every job
static _Thread_local int inside;

static void run_indices(void) {
  inside = 1;
  for (long i; (i = atomic_fetch_add(&next_index, 1)) < count;) work(context, i);
  inside = 0;
}

static void pause_briefly(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#endif
}

static void *worker(void *start) {
  unsigned seen = (unsigned)(uintptr_t)start;
  for (;;) {
    for (int i = 0; i < SPINS && atomic_load(&generation) == seen; i++) pause_briefly();
    if (atomic_load(&generation) == seen) {
      pthread_mutex_lock(&lock);
      while (atomic_load(&generation) == seen) pthread_cond_wait(&wake, &lock);
      pthread_mutex_unlock(&lock);
    }
    seen = atomic_load(&generation);
    run_indices();
    atomic_fetch_sub(&busy, 1);
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
    uintptr_t seen = atomic_load(&generation);
    int failed = pthread_create(&thread, &attributes, worker, (void *)seen);
    pthread_attr_destroy(&attributes);
    if (failed) break;
    started++;
  }
}

void lectern_parallel(long total, void (*job)(void *, long), void *argument) {
  if (total <= 1 || inside || lectern_thread_count() == 1 || pthread_mutex_trylock(&user)) {
    for (long i = 0; i < total; i++) job(argument, i);
    return;
  }
  start_workers();
  work = job;
  context = argument;
  count = total;
  atomic_store(&next_index, 0);
  atomic_store(&busy, started);
  pthread_mutex_lock(&lock);
  atomic_fetch_add(&generation, 1);
  pthread_cond_broadcast(&wake);
  pthread_mutex_unlock(&lock);
  run_indices();
  for (int i = 0; atomic_load(&busy) > 0; i++) i < 100000 ? pause_briefly() : (void)usleep(10);
  pthread_mutex_unlock(&user);
}

static void before_fork(void) { pthread_mutex_lock(&user); }
static void after_fork_in_parent(void) { pthread_mutex_unlock(&user); }
static void after_fork_in_child(void) {
  started = 0;
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
