#ifndef FUNCTIONS_H
#define FUNCTIONS_H

#include <math.h>
#include <stdint.h>
#include <string.h>

// Polynomials in single precision (after Cephes), branchless so that the compiler vectorises loops over them.
// "Not a number" stays so, and the infinities go where they should.

#define ALWAYS static inline __attribute__((always_inline))

ALWAYS float bits_to_float(int32_t bits) {
  float value;
  memcpy(&value, &bits, 4);
  return value;
}

ALWAYS int32_t float_to_bits(float value) {
  int32_t bits;
  memcpy(&bits, &value, 4);
  return bits;
}

/// e^x = 2^k · e^r with |r| ≤ ½ ln 2: gives e^r, and k in the low bits of `shifted`. The polynomial is the best one of
/// its degree (relative error 3e-9).
ALWAYS float exp_fraction(float x, int32_t *shifted) {
  // 1.5 · 2^23 pushes the fraction out, so that the low bits are the rounded integer.
  float pushed = x * 1.44269504088896341f + 12582912.0f;
  *shifted = float_to_bits(pushed);
  float k = pushed - 12582912.0f;
  float r = x - k * 0.693359375f;
  r = r + k * 2.12194440e-4f;
  float p = 1.3814539755e-3f;
  p = p * r + 8.3687451417e-3f;
  p = p * r + 4.1668390792e-2f;
  p = p * r + 1.6666520399e-1f;
  p = p * r + 4.9999993432e-1f;
  p = p * r + 1.0f;
  return p * r + 1.0f;
}

/// e^x for |x| < 87, where the result is a normal number; error below 1 unit in the last place.
ALWAYS float exp_inside(float x) {
  int32_t shifted;
  uint32_t p = (uint32_t)float_to_bits(exp_fraction(x, &shifted));
  return bits_to_float((int32_t)(p + ((uint32_t)shifted << 23)));
}

/// Whether `exp_inside` does not hold; so for "not a number", too.
ALWAYS int is_outside_exp(float x) { return !(__builtin_fabsf(x) < 87.0f); }

/// e^x for all x: 2^k in two factors, so that results below the smallest normal number come out right.
ALWAYS float fast_exp(float x) {
  float clamped = x > 88.72283f ? 88.72283f : x;
  clamped = clamped < -104.0f ? -104.0f : clamped;
  int32_t shifted;
  float p = exp_fraction(clamped, &shifted);
  // For "not a number" these are any integers, and p stays what it is.
  uint32_t power = (uint32_t)shifted - 0x4b400000u, half = (uint32_t)((int32_t)power >> 1);
  float y = p * bits_to_float((int32_t)((half + 127u) << 23)) * bits_to_float((int32_t)((power - half + 127u) << 23));
  return x > 88.72283f ? INFINITY : y;
}

/// e^x for x ≤ 0, as a softmax needs it: 0 where the result is below the smallest normal number.
ALWAYS float fast_exp_down(float x) {
  int32_t shifted;
  float p = exp_fraction(x < -87.0f ? -87.0f : x, &shifted);
  float y = p * bits_to_float((int32_t)(((uint32_t)shifted << 23) + 0x3f800000u));
  return x < -87.0f ? 0.0f : y;
}

ALWAYS float fast_log(float x) {
  float scaled = x < 1.17549435e-38f ? x * 8388608.0f : x;
  float shift = x < 1.17549435e-38f ? -23.0f : 0.0f;
  int32_t bits = float_to_bits(scaled);
  int32_t exponent = ((bits >> 23) & 0xff) - 126;
  float m = bits_to_float((bits & 0x007fffff) | 0x3f000000);
  int low = m < 0.707106781186547524f;
  float e = (float)(exponent - low) + shift;
  m = low ? m + m - 1.0f : m - 1.0f;
  float z = m * m;
  float p = 7.0376836292e-2f;
  p = p * m - 1.1514610310e-1f;
  p = p * m + 1.1676998740e-1f;
  p = p * m - 1.2420140846e-1f;
  p = p * m + 1.4249322787e-1f;
  p = p * m - 1.6668057665e-1f;
  p = p * m + 2.0000714765e-1f;
  p = p * m - 2.4999993993e-1f;
  p = p * m + 3.3333331174e-1f;
  float y = m * z * p;
  y += e * -2.12194440e-4f;
  y -= 0.5f * z;
  y = m + y + e * 0.693359375f;
  y = x == 0.0f ? -INFINITY : y;
  y = x == INFINITY ? INFINITY : y;
  y = x < 0.0f ? NAN : y;
  return x != x ? x : y;
}

ALWAYS float fast_sigmoid(float x) { return 1.0f / (1.0f + fast_exp(-x)); }

/// x · P(x²) / Q(x²) (the coefficients are Eigen's), which is 1 to the last digit from 9 on: one division and no e^x.
ALWAYS float fast_tanh(float x) {
  float c = x > 9.0f ? 9.0f : x;
  c = c < -9.0f ? -9.0f : c;
  float z = c * c;
  float p = -2.76076847742355e-16f;
  p = p * z + 2.00018790482477e-13f;
  p = p * z - 8.60467152213735e-11f;
  p = p * z + 5.12229709037114e-08f;
  p = p * z + 1.48572235717979e-05f;
  p = p * z + 6.37261928875436e-04f;
  p = p * z + 4.89352455891786e-03f;
  float q = 1.19825839466702e-06f;
  q = q * z + 1.18534705686654e-04f;
  q = q * z + 2.26843463243900e-03f;
  q = q * z + 4.89352518554385e-03f;
  float y = c * (p / q);
  y = y > 1.0f ? 1.0f : y;
  return y < -1.0f ? -1.0f : y;
}

/// ln(1 + e^x), as PyTorch has it: x itself above 20.
ALWAYS float fast_softplus(float x) {
  float e = fast_exp(-__builtin_fabsf(x));
  // ln(1 + e) for e in 0…1: below 1e-4 the series keeps the digits.
  float l = e < 1e-4f ? e - 0.5f * e * e : fast_log(1.0f + e);
  return (x > 0 ? x : 0.0f) + l + (x != x ? x : 0.0f);
}

#endif
