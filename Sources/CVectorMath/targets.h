#ifndef TARGETS_H
#define TARGETS_H

/// Compiles a function for processors with AVX-512, with AVX2, and for all; the loader takes the best that runs.
///
/// The address of such a function is not to be taken (the loader's choice is not yet made where Swift reads it), so
/// functions that are passed on as values have a plain one in front: `VIA`.
#if defined(__x86_64__) && defined(__linux__)
#define MANY_TARGETS __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define MANY_TARGETS
#endif

/// A plain function that calls a loop with many targets.
#define VIA(TYPE, NAME, PARAMETERS, ARGUMENTS) \
  MANY_TARGETS static TYPE NAME##_loop PARAMETERS; \
  TYPE NAME PARAMETERS { return NAME##_loop ARGUMENTS; } \
  MANY_TARGETS static TYPE NAME##_loop PARAMETERS

#endif
