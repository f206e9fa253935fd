#include "CVectorMath.h"
#include "functions.h"
#include "targets.h"

/// The outputs whose input index · stride + offset lies in 0 ..< size: first ..< end.
static inline void inside_range(long outputs, long size, long stride, long offset, long *first, long *end) {
  long low = offset >= 0 ? 0 : (-offset + stride - 1) / stride;
  long high = offset >= size ? 0 : (size - 1 - offset) / stride + 1;
  *first = low < outputs ? low : outputs;
  *end = high < outputs ? high : outputs;
  if (*end < *first) *end = *first;
}

/// Windows one step apart, as many as there are pixels: then each row of the columns is the plane moved by so many
/// places, one long copy, of which what came round an edge is put to 0.
ALWAYS void shifted_planes(const float *restrict image, Window w, float *restrict columns) {
  long width = w.width, area = w.height * width;
  for (long c = 0; c < w.channels; c++, image += area) {
    for (long ky = 0; ky < w.kernel_height; ky++) {
      for (long kx = 0; kx < w.kernel_width; kx++, columns += area) {
        long offset = kx * w.dilation_x - w.padding_x, first, end;
        long shift = (ky * w.dilation_y - w.padding_y) * width + offset, low, high;
        inside_range(width, width, 1, offset, &first, &end);
        inside_range(area, area, 1, shift, &low, &high);
        for (long i = 0; i < low; i++) columns[i] = 0;
        for (long i = low; i < high; i++) columns[i] = image[i + shift];
        for (long i = high; i < area; i++) columns[i] = 0;
        for (long x = 0; x < first; x++)
          for (long y = 0; y < w.height; y++) columns[y * width + x] = 0;
        for (long x = end; x < width; x++)
          for (long y = 0; y < w.height; y++) columns[y * width + x] = 0;
      }
    }
  }
}

MANY_TARGETS void image_to_columns(const float *restrict image, Window w, float *restrict columns) {
  if (w.stride_x == 1 && w.stride_y == 1 && w.output_width == w.width && w.output_height == w.height) {
    shifted_planes(image, w, columns);
    return;
  }
  for (long c = 0; c < w.channels; c++) {
    const float *plane = image + c * w.height * w.width;
    for (long ky = 0; ky < w.kernel_height; ky++) {
      for (long kx = 0; kx < w.kernel_width; kx++) {
        long offset = kx * w.dilation_x - w.padding_x, first, end;
        inside_range(w.output_width, w.width, w.stride_x, offset, &first, &end);
        for (long oy = 0; oy < w.output_height; oy++, columns += w.output_width) {
          long y = oy * w.stride_y + ky * w.dilation_y - w.padding_y;
          if (y < 0 || y >= w.height) {
            for (long ox = 0; ox < w.output_width; ox++) columns[ox] = 0;
            continue;
          }
          const float *row = plane + y * w.width + offset;
          for (long ox = 0; ox < first; ox++) columns[ox] = 0;
          if (w.stride_x == 1)
            for (long ox = first; ox < end; ox++) columns[ox] = row[ox];
          else
            for (long ox = first; ox < end; ox++) columns[ox] = row[ox * w.stride_x];
          for (long ox = end; ox < w.output_width; ox++) columns[ox] = 0;
        }
      }
    }
  }
}

MANY_TARGETS void columns_to_image(const float *restrict columns, Window w, float *restrict image) {
  for (long c = 0; c < w.channels; c++) {
    float *plane = image + c * w.height * w.width;
    for (long ky = 0; ky < w.kernel_height; ky++) {
      for (long kx = 0; kx < w.kernel_width; kx++) {
        long offset = kx * w.dilation_x - w.padding_x, first, end;
        inside_range(w.output_width, w.width, w.stride_x, offset, &first, &end);
        for (long oy = 0; oy < w.output_height; oy++, columns += w.output_width) {
          long y = oy * w.stride_y + ky * w.dilation_y - w.padding_y;
          if (y < 0 || y >= w.height) continue;
          float *row = plane + y * w.width + offset;
          if (w.stride_x == 1)
            for (long ox = first; ox < end; ox++) row[ox] += columns[ox];
          else
            for (long ox = first; ox < end; ox++) row[ox * w.stride_x] += columns[ox];
        }
      }
    }
  }
}

void max_pool(const float *image, Window w, float *output, int32_t *places) {
  for (long c = 0; c < w.channels; c++, image += w.height * w.width) {
    for (long oy = 0; oy < w.output_height; oy++) {
      for (long ox = 0; ox < w.output_width; ox++) {
        float best = -INFINITY;
        long place = -1;
        for (long ky = 0; ky < w.kernel_height; ky++) {
          long y = oy * w.stride_y + ky * w.dilation_y - w.padding_y;
          if (y < 0 || y >= w.height) continue;
          for (long kx = 0; kx < w.kernel_width; kx++) {
            long x = ox * w.stride_x + kx * w.dilation_x - w.padding_x;
            if (x < 0 || x >= w.width) continue;
            float value = image[y * w.width + x];
            if (place < 0 || value > best || value != value) best = value, place = y * w.width + x;
          }
        }
        *output++ = best;
        *places++ = (int32_t)place;
      }
    }
  }
}

MANY_TARGETS void max_pool_2x2(
    const float *restrict image, long planes, long height, long width, float *restrict output,
    uint8_t *restrict places) {
  long rows = height / 2, columns = width / 2;
  for (long p = 0; p < planes; p++, image += height * width) {
    for (long y = 0; y < rows; y++, output += columns, places += columns) {
      const float *top = image + 2 * y * width;
      const float *bottom = top + width;
      for (long x = 0; x < columns; x++) {
        float a = top[2 * x], b = top[2 * x + 1], c = bottom[2 * x], d = bottom[2 * x + 1];
        int right = (b > a) | (b != b);
        float upper = right ? b : a;
        int low_right = (d > c) | (d != d);
        float lower = low_right ? d : c;
        int below = (lower > upper) | (lower != lower);
        output[x] = below ? lower : upper;
        places[x] = (uint8_t)(below ? 2 + low_right : right);
      }
    }
  }
}

MANY_TARGETS void max_pool_2x2_backward(
    const float *restrict gradient, const float *restrict output, const uint8_t *restrict places, long planes,
    long height, long width, float *restrict result) {
  long rows = height / 2, columns = width / 2;
  for (long p = 0; p < planes; p++, result += height * width) {
    for (long y = 0; y < rows; y++, gradient += columns, places += columns) {
      float *top = result + 2 * y * width;
      float *bottom = top + width;
      for (long x = 0; x < columns; x++) {
        float g = output && !(output[x] > 0.0f) ? 0.0f : gradient[x];
        int place = places[x];
        top[2 * x] = place == 0 ? g : 0;
        top[2 * x + 1] = place == 1 ? g : 0;
        bottom[2 * x] = place == 2 ? g : 0;
        bottom[2 * x + 1] = place == 3 ? g : 0;
      }
      for (long x = 2 * columns; x < width; x++) top[x] = 0, bottom[x] = 0;
      if (output) output += columns;
    }
    for (long y = 2 * rows; y < height; y++) memset(result + y * width, 0, (size_t)width * sizeof(float));
  }
}
