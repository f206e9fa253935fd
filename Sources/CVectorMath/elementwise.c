#include "CVectorMath.h"
#include "functions.h"
#include "targets.h"

#define UNARY(NAME, EXPRESSION)                                      \
  VIA(void, NAME, (const float *restrict x, float *restrict y, long n), (x, y, n)) { \
    for (long i = 0; i < n; i++) {                                   \
      float v = x[i];                                                \
      y[i] = (EXPRESSION);                                           \
    }                                                                \
  }

/// Block by block by the short formula, and again by the long one where that does not hold for every element.
VIA(void, vector_exp, (const float *restrict x, float *restrict y, long n), (x, y, n)) {
  enum { BLOCK = 512 };
  for (long start = 0; start < n; start += BLOCK) {
    long end = start + BLOCK < n ? start + BLOCK : n;
    int outside = 0;
    for (long i = start; i < end; i++) {
      outside |= is_outside_exp(x[i]);
      y[i] = exp_inside(x[i]);
    }
    if (!outside) continue;
    for (long i = start; i < end; i++) y[i] = fast_exp(x[i]);
  }
}

UNARY(vector_log, fast_log(v))
UNARY(vector_sqrt, __builtin_sqrtf(v))
UNARY(vector_tanh, fast_tanh(v))
UNARY(vector_sigmoid, fast_sigmoid(v))
UNARY(vector_softplus, fast_softplus(v))
UNARY(vector_relu, v < 0.0f ? 0.0f : v)
UNARY(vector_abs, __builtin_fabsf(v))

MANY_TARGETS void vector_relu_in_place(float *y, long n) {
  for (long i = 0; i < n; i++) y[i] = y[i] < 0.0f ? 0.0f : y[i];
}

MANY_TARGETS void vector_relu_mask(const float *restrict x, float *restrict y, long n) {
  for (long i = 0; i < n; i++) y[i] = x[i] > 0.0f ? y[i] : 0.0f;
}

void vector_sin(const float *x, float *y, long n) {
  for (long i = 0; i < n; i++) y[i] = sinf(x[i]);
}

void vector_cos(const float *x, float *y, long n) {
  for (long i = 0; i < n; i++) y[i] = cosf(x[i]);
}

void vector_erf(const float *x, float *y, long n) {
  for (long i = 0; i < n; i++) y[i] = erff(x[i]);
}

MANY_TARGETS void vector_leaky_relu(const float *restrict x, float slope, float *restrict y, long n) {
  for (long i = 0; i < n; i++) y[i] = x[i] >= 0.0f ? x[i] : slope * x[i];
}

MANY_TARGETS void vector_clamp(const float *restrict x, float low, float high, float *restrict y, long n) {
  for (long i = 0; i < n; i++) {
    float v = x[i] < low ? low : x[i];
    y[i] = v > high ? high : v;
  }
}

#define BACKWARD(NAME, EXPRESSION)                                                                 \
  VIA(void, NAME, (const float *restrict g, const float *restrict s, float *restrict y, long n), (g, s, y, n)) { \
    for (long i = 0; i < n; i++) {                                                                 \
      float v = s[i];                                                                              \
      y[i] = (EXPRESSION);                                                                         \
    }                                                                                              \
  }

BACKWARD(vector_relu_backward, v > 0.0f ? g[i] : 0.0f)
BACKWARD(vector_tanh_backward, g[i] * (1.0f - v * v))
BACKWARD(vector_sigmoid_backward, g[i] * v * (1.0f - v))

#define BINARY(NAME, EXPRESSION)                                                                            \
  VIA(void, NAME, (const float *x, long sx, const float *y, long sy, float *restrict z, long n), (x, sx, y, sy, z, n)) { \
    if (sx && sy) {                                                                                         \
      for (long i = 0; i < n; i++) { float a = x[i], b = y[i]; z[i] = (EXPRESSION); }                      \
    } else if (sx) {                                                                                        \
      float b = y[0];                                                                                       \
      for (long i = 0; i < n; i++) { float a = x[i]; z[i] = (EXPRESSION); }                                \
    } else if (sy) {                                                                                        \
      float a = x[0];                                                                                       \
      for (long i = 0; i < n; i++) { float b = y[i]; z[i] = (EXPRESSION); }                                \
    } else {                                                                                                \
      float a = x[0], b = y[0];                                                                             \
      for (long i = 0; i < n; i++) z[i] = (EXPRESSION);                                                     \
    }                                                                                                       \
  }

BINARY(vector_add, a + b)
BINARY(vector_subtract, a - b)
BINARY(vector_multiply, a * b)
BINARY(vector_divide, a / b)
// "Not a number" in either argument is the result, as in PyTorch.
BINARY(vector_maximum, (a > b || a != a) ? a : b)
BINARY(vector_minimum, (a < b || a != a) ? a : b)

MANY_TARGETS void vector_scale_add(const float *x, float a, float b, float *z, long n) {
  for (long i = 0; i < n; i++) z[i] = a * x[i] + b;
}

MANY_TARGETS void vector_accumulate(float a, const float *restrict x, float *restrict y, long n) {
  for (long i = 0; i < n; i++) y[i] += a * x[i];
}

MANY_TARGETS void vector_fill(float value, float *y, long n) {
  for (long i = 0; i < n; i++) y[i] = value;
}
