#define _GNU_SOURCE
#include "CVectorMath.h"
#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

// OpenBLAS chooses its kernels by the processor's model number, and for one that is newer than itself takes those of
// 2004. Where it did so though the processor has AVX2 or AVX-512, it is asked to choose again, by name. What the user
// set in OPENBLAS_CORETYPE stays.

#if defined(__x86_64__) && defined(__linux__)

static const char *better_core(void) {
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
      __builtin_cpu_supports("avx512vl"))
    return "SkylakeX";
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return "Haswell";
  return NULL;
}

void lectern_choose_blas_core(void) {
  char *(*name)(void) = (char *(*)(void))dlsym(RTLD_DEFAULT, "openblas_get_corename");
  void (*leave)(void) = (void (*)(void))dlsym(RTLD_DEFAULT, "gotoblas_dynamic_quit");
  void (*choose)(void) = (void (*)(void))dlsym(RTLD_DEFAULT, "gotoblas_dynamic_init");
  if (!name || !leave || !choose || getenv("OPENBLAS_CORETYPE")) return;
  const char *current = name(), *better = better_core();
  static const char *const old[] = {"Prescott", "Core2", "Katmai", "Coppermine", "Northwood", "Banias", "Nehalem",
                                    "Generic", "Unknown"};
  for (size_t i = 0; better && i < sizeof old / sizeof *old; i++) {
    if (strcasecmp(current, old[i])) continue;
    setenv("OPENBLAS_CORETYPE", better, 1);
    leave();
    choose();
    unsetenv("OPENBLAS_CORETYPE");
    return;
  }
}

#else

void lectern_choose_blas_core(void) {}

#endif
