#include "CVectorMath.h"
#include "functions.h"
#include "targets.h"

// Sums may be taken in any order here, and only here: elsewhere that would undo what keeps exp and log exact.
#pragma clang fp reassociate(on)

// Sums run in single precision over blocks, whose totals are added in double precision: as exact as pairwise summation.
enum { BLOCK = 1024 };

#define BLOCKED_SUM(EXPRESSION)                  \
  double total = 0;                              \
  for (long start = 0; start < n; start += BLOCK) { \
    long end = start + BLOCK < n ? start + BLOCK : n; \
    float part = 0;                              \
    for (long i = start; i < end; i++) part += (EXPRESSION); \
    total += part;                               \
  }                                              \
  return (float)total;

MANY_TARGETS float vector_sum(const float *x, long n) { BLOCKED_SUM(x[i]) }
MANY_TARGETS float vector_dot(const float *x, const float *y, long n) { BLOCKED_SUM(x[i] * y[i]) }
MANY_TARGETS float vector_squared_deviations(const float *x, float mean, long n) {
  BLOCKED_SUM((x[i] - mean) * (x[i] - mean))
}

// A single running maximum would be one long chain, which the compiler does not break up since "not a number" must count:
// so there are as many as four vectors have elements.
enum { LANES = 64 };

/// The largest or smallest of the values; "not a number" if any of them is.
#define EXTREME(NAME, OPERATOR)                                     \
  VIA(float, NAME, (const float *x, long n), (x, n)) {              \
    float lanes[LANES], best = x[0];                                \
    int invalid[LANES] = {0}, any = 0;                              \
    long whole = n - n % LANES;                                     \
    for (int j = 0; j < LANES; j++) lanes[j] = x[0];                \
    for (long i = 0; i < whole; i += LANES)                         \
      for (int j = 0; j < LANES; j++) {                             \
        float v = x[i + j];                                         \
        lanes[j] = v OPERATOR lanes[j] ? v : lanes[j];              \
        invalid[j] |= v != v;                                       \
      }                                                             \
    for (int j = 0; j < LANES; j++) {                               \
      best = lanes[j] OPERATOR best ? lanes[j] : best;              \
      any |= invalid[j];                                            \
    }                                                               \
    for (long i = whole; i < n; i++) {                              \
      best = x[i] OPERATOR best ? x[i] : best;                      \
      any |= x[i] != x[i];                                          \
    }                                                               \
    return any ? NAN : best;                                        \
  }

EXTREME(vector_max, >)
EXTREME(vector_min, <)

MANY_TARGETS void vector_sum_rows(const float *restrict x, long rows, long columns, long step, float *restrict y) {
  for (long i = 0; i < rows; i++) {
    const float *row = x + i * step;
    for (long j = 0; j < columns; j++) y[j] += row[j];
  }
}

/// The largest of a row, for subtracting; what is "not a number" is passed over.
ALWAYS float largest(const float *x, long n) {
  float lanes[LANES];
  if (n < LANES) {
    float best = x[0];
    for (long i = 1; i < n; i++) best = x[i] > best ? x[i] : best;
    return best;
  }
  for (int j = 0; j < LANES; j++) lanes[j] = x[j];
  for (long i = LANES; i < n; i += LANES) {
    // The last block overlaps the one before: seeing a value twice does not change the largest.
    const float *block = x + (i + LANES <= n ? i : n - LANES);
    for (int j = 0; j < LANES; j++) lanes[j] = block[j] > lanes[j] ? block[j] : lanes[j];
  }
  for (int width = LANES / 2; width > 0; width /= 2)
    for (int j = 0; j < width; j++) lanes[j] = lanes[j + width] > lanes[j] ? lanes[j + width] : lanes[j];
  return lanes[0];
}

VIA(void, softmax_rows, (const float *restrict x, float *restrict y, long rows, long columns), (x, y, rows, columns)) {
  for (long r = 0; r < rows; r++, x += columns, y += columns) {
    float best = largest(x, columns);
    float total = 0;
    for (long j = 0; j < columns; j++) {
      float e = fast_exp_down(x[j] - best);
      y[j] = e;
      total += e;
    }
    {
// Or the compiler would divide in every place.
#pragma clang fp reassociate(off)
      float inverse = 1.0f / total;
      for (long j = 0; j < columns; j++) y[j] *= inverse;
    }
  }
}

VIA(void, log_softmax_rows, (const float *restrict x, float *restrict y, long rows, long columns), (x, y, rows, columns)) {
  for (long r = 0; r < rows; r++, x += columns, y += columns) {
    float best = largest(x, columns);
    float total = 0;
    for (long j = 0; j < columns; j++) total += fast_exp_down(x[j] - best);
    float shift = best + logf(total);
    for (long j = 0; j < columns; j++) y[j] = x[j] - shift;
  }
}

VIA(
    void, softmax_rows_backward,
    (const float *restrict g, const float *restrict y, float *restrict dx, long rows, long columns),
    (g, y, dx, rows, columns)) {
  for (long r = 0; r < rows; r++, g += columns, y += columns, dx += columns) {
    float inner = 0;
    for (long j = 0; j < columns; j++) inner += g[j] * y[j];
    for (long j = 0; j < columns; j++) dx[j] = y[j] * (g[j] - inner);
  }
}

VIA(
    void, log_softmax_rows_backward,
    (const float *restrict g, const float *restrict y, float *restrict dx, long rows, long columns),
    (g, y, dx, rows, columns)) {
  for (long r = 0; r < rows; r++, g += columns, y += columns, dx += columns) {
    float total = 0;
    for (long j = 0; j < columns; j++) total += g[j];
    for (long j = 0; j < columns; j++) dx[j] = g[j] - fast_exp(y[j]) * total;
  }
}
