#include "CVectorMath.h"
#include "functions.h"
#include "targets.h"

// Convolutions of 3 × 3 by the minimal filtering F(2 × 2, 3 × 3) of Winograd (Lavin & Gray 2016): tiles of 4 × 4 inputs
// give 2 × 2 outputs with 16 products in place of 36. With U = G w Gᵀ, V = Bᵀ d B: y = Aᵀ (U ∘ V) A; summing U ∘ V over
// channels makes 16 matrix products, which are BLAS's work. What is here goes between images and tiles.
//
// Tiles lie [16][channels][tiles], so that all loops run along the tiles of an image. Each row of tiles has one more than
// it needs: then the tiles' corners lie two apart throughout, from the first row to the last.

// Rows are short: their ends are masked, rather than left to a loop over single numbers.
#define SHORT_ROW _Pragma("clang loop vectorize(enable) vectorize_predicate(enable) interleave_count(1)")

/// Rows of an image as they lie in tiles, with zeros around: the even ones in one plane, the odd ones in another.
ALWAYS void split_rows(
    const float *restrict image, long height, long width, long top, long left, long rows, long pitch,
    float *restrict even, float *restrict odd) {
  for (long y = 0; y < 2 * rows; y++) {
    float *line = (y & 1 ? odd : even) + y / 2 * pitch;
    const float *source = image + (y - top) * width - left;
    int first = (int)left, end = y >= top && y < top + height ? (int)(left + width) : 0;
    SHORT_ROW for (int x = 0; x < (int)pitch; x++) line[x] = x >= first && x < end ? source[x] : 0.0f;
  }
}

MANY_TARGETS void winograd_inputs(
    const float *restrict image, long channels, long height, long width, long top, long left, WinogradTiles t,
    float *restrict scratch, float *restrict tiles) {
  long pitch = 2 * t.columns, part = channels * t.pitch;
  float *even = scratch, *odd = scratch + (t.rows + 2) * pitch;
  // What the last tile reaches beyond the last row.
  for (long i = 0; i < pitch; i++) even[(t.rows + 1) * pitch + i] = odd[(t.rows + 1) * pitch + i] = 0;
  for (long c = 0; c < channels; c++, image += height * width, tiles += t.pitch) {
    split_rows(image, height, width, top, left, t.rows + 1, pitch, even, odd);
    const float *lines[4] = {even, odd, even + pitch, odd + pitch};
    for (long i = 0; i < t.rows * t.columns; i++) {
      float d[4][4], s[4][4];
      for (int y = 0; y < 4; y++)
        for (int x = 0; x < 4; x++) d[y][x] = lines[y][2 * i + x];
      for (int x = 0; x < 4; x++) {
        s[0][x] = d[0][x] - d[2][x];
        s[1][x] = d[1][x] + d[2][x];
        s[2][x] = d[2][x] - d[1][x];
        s[3][x] = d[1][x] - d[3][x];
      }
      for (int y = 0; y < 4; y++) {
        tiles[(4 * y + 0) * part + i] = s[y][0] - s[y][2];
        tiles[(4 * y + 1) * part + i] = s[y][1] + s[y][2];
        tiles[(4 * y + 2) * part + i] = s[y][2] - s[y][1];
        tiles[(4 * y + 3) * part + i] = s[y][1] - s[y][3];
      }
    }
  }
}

MANY_TARGETS void winograd_outputs(
    const float *restrict tiles, long channels, WinogradTiles t, const float *restrict bias, float *restrict scratch,
    float *restrict image, long height, long width) {
  long pitch = 2 * t.columns, part = channels * t.pitch;
  float *even = scratch, *odd = scratch + t.rows * pitch;
  for (long c = 0; c < channels; c++, image += height * width, tiles += t.pitch) {
    for (long i = 0; i < t.rows * t.columns; i++) {
      float left[4], right[4];
      for (int y = 0; y < 4; y++) {
        const float *m = tiles + 4 * y * part + i;
        left[y] = m[0] + m[part] + m[2 * part];
        right[y] = m[part] - m[2 * part] - m[3 * part];
      }
      even[2 * i] = left[0] + left[1] + left[2];
      even[2 * i + 1] = right[0] + right[1] + right[2];
      odd[2 * i] = left[1] - left[2] - left[3];
      odd[2 * i + 1] = right[1] - right[2] - right[3];
    }
    float shift = bias ? bias[c] : 0.0f;
    for (long y = 0; y < height; y++) {
      const float *line = (y & 1 ? odd : even) + y / 2 * pitch;
      SHORT_ROW for (int x = 0; x < (int)width; x++) image[y * width + x] = line[x] + shift;
    }
  }
}

MANY_TARGETS void winograd_gradients(
    const float *restrict gradient, long channels, long height, long width, WinogradTiles t, float *restrict scratch,
    float *restrict tiles) {
  long pitch = 2 * t.columns, part = channels * t.pitch;
  float *even = scratch, *odd = scratch + t.rows * pitch;
  for (long c = 0; c < channels; c++, gradient += height * width, tiles += t.pitch) {
    split_rows(gradient, height, width, 0, 0, t.rows, pitch, even, odd);
    for (long i = 0; i < t.rows * t.columns; i++) {
      float a = even[2 * i], b = even[2 * i + 1], c = odd[2 * i], d = odd[2 * i + 1];
      float left[4] = {a, a + c, a - c, -c}, right[4] = {b, b + d, b - d, -d};
      for (int y = 0; y < 4; y++) {
        float *m = tiles + 4 * y * part + i;
        m[0] = left[y];
        m[part] = left[y] + right[y];
        m[2 * part] = left[y] - right[y];
        m[3 * part] = -right[y];
      }
    }
  }
}

MANY_TARGETS void winograd_weights(
    const float *restrict weight, long count, long step, int turned, float *restrict tiles, long tile_step, long part) {
  for (long i = 0; i < count; i++, weight += step, tiles += tile_step) {
    float s[4][3];
    for (int x = 0; x < 3; x++) {
      float a = weight[turned ? 8 - x : x], b = weight[turned ? 5 - x : 3 + x], c = weight[turned ? 2 - x : 6 + x];
      s[0][x] = a;
      s[1][x] = 0.5f * (a + b + c);
      s[2][x] = 0.5f * (a - b + c);
      s[3][x] = c;
    }
    for (int y = 0; y < 4; y++) {
      float a = s[y][0], b = s[y][1], c = s[y][2];
      tiles[(4 * y + 0) * part] = a;
      tiles[(4 * y + 1) * part] = 0.5f * (a + b + c);
      tiles[(4 * y + 2) * part] = 0.5f * (a - b + c);
      tiles[(4 * y + 3) * part] = c;
    }
  }
}

MANY_TARGETS void winograd_weight_gradients(
    const float *restrict tiles, long count, long part, float *restrict gradient) {
  for (long i = 0; i < count; i++, gradient += 9) {
    float s[3][4];
    for (int x = 0; x < 4; x++) {
      float a = tiles[x * part + i], b = tiles[(4 + x) * part + i];
      float c = tiles[(8 + x) * part + i], d = tiles[(12 + x) * part + i];
      s[0][x] = a + 0.5f * (b + c);
      s[1][x] = 0.5f * (b - c);
      s[2][x] = d + 0.5f * (b + c);
    }
    for (int y = 0; y < 3; y++) {
      gradient[3 * y] += s[y][0] + 0.5f * (s[y][1] + s[y][2]);
      gradient[3 * y + 1] += 0.5f * (s[y][1] - s[y][2]);
      gradient[3 * y + 2] += s[y][3] + 0.5f * (s[y][1] + s[y][2]);
    }
  }
}
