#include "internal.h"

#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

// Figures of one cell, altogether.
static const size_t figure_capacity = 64 << 20;

// One stream's share of the log: its head is in the records, its tail in a ring.
typedef struct {
  size_t head_bytes;
  uint64_t ring_bytes;  // written to the ring altogether, of which the last `ring_capacity` are still there
  uint64_t ring_lines;
  off_t drained;        // bytes taken in of what was written to the descriptor directly
} stream_state;

typedef struct {
  size_t length;       // bytes of records
  size_t last_record;  // where the last record of text begins, if it is the last record
  bool ends_in_text;
  size_t figure_bytes;
  stream_state streams[2];
} log_state;

static log_state *state;
static uint8_t *records;
static size_t record_capacity;
static uint8_t *rings[2];
static size_t ring_capacity;
static int descriptors[2] = {-1, -1};

// Threads of one process take turns. Processes need no lock between them: only one of them runs.
static atomic_flag busy = ATOMIC_FLAG_INIT;

static void lock(void) {
  while (atomic_flag_test_and_set_explicit(&busy, memory_order_acquire)) {
  }
}
static void unlock(void) { atomic_flag_clear_explicit(&busy, memory_order_release); }

static uint64_t count_lines(const uint8_t *bytes, size_t length) {
  uint64_t lines = 0;
  for (size_t i = 0; i < length; i++) lines += bytes[i] == '\n';
  return lines;
}

static bool append_record(uint32_t kind, const uint8_t *bytes, size_t length) {
  if (state->length + 8 + length > record_capacity) return false;
  uint32_t header[2] = {kind, (uint32_t)length};
  memcpy(records + state->length, header, 8);
  memcpy(records + state->length + 8, bytes, length);
  state->length += 8 + length;
  return true;
}

// Text goes to the last record where that is of the same stream, so that printing character by character costs
// no more room than printing at once.
static void append_head(uint32_t kind, const uint8_t *bytes, size_t length) {
  uint32_t header[2];
  if (state->ends_in_text) {
    memcpy(header, records + state->last_record, 8);
    if (header[0] == kind) {
      header[1] += (uint32_t)length;
      memcpy(records + state->last_record, header, 8);
      memcpy(records + state->length, bytes, length);
      state->length += length;
      return;
    }
  }
  size_t offset = state->length;
  if (!append_record(kind, bytes, length)) return;
  state->last_record = offset;
  state->ends_in_text = true;
}

static void append_text(uint32_t kind, const uint8_t *bytes, size_t length) {
  stream_state *stream = &state->streams[kind - CAPTURE_STDOUT];
  if (stream->ring_bytes == 0) {
    size_t room = ring_capacity - stream->head_bytes;
    size_t taken = length < room ? length : room;
    if (taken > 0) append_head(kind, bytes, taken);
    stream->head_bytes += taken;
    bytes += taken;
    length -= taken;
  }
  if (length == 0) return;
  stream->ring_lines += count_lines(bytes, length);
  if (length > ring_capacity) {
    stream->ring_bytes += length - ring_capacity;
    bytes += length - ring_capacity;
    length = ring_capacity;
  }
  uint8_t *ring = rings[kind - CAPTURE_STDOUT];
  while (length > 0) {
    size_t at = stream->ring_bytes % ring_capacity;
    size_t part = length < ring_capacity - at ? length : ring_capacity - at;
    memcpy(ring + at, bytes, part);
    stream->ring_bytes += part;
    bytes += part;
    length -= part;
  }
}

static void drain_stream(int index) {
  stream_state *stream = &state->streams[index];
  uint8_t buffer[8192];
  ssize_t count;
  while ((count = pread(descriptors[index], buffer, sizeof buffer, stream->drained)) > 0) {
    append_text(CAPTURE_STDOUT + index, buffer, (size_t)count);
    stream->drained += count;
  }
}

static ssize_t write_stream(void *cookie, const char *bytes, size_t length) {
  lock();
  drain_stream(0);
  drain_stream(1);
  append_text((uint32_t)(uintptr_t)cookie, (const uint8_t *)bytes, length);
  unlock();
  return (ssize_t)length;
}

static FILE *open_stream(uint32_t kind) {
  cookie_io_functions_t functions = {.write = write_stream};
  FILE *stream = fopencookie((void *)(uintptr_t)kind, "w", functions);
  if (stream) setvbuf(stream, NULL, _IONBF, 0);
  return stream;
}

bool capture_open(size_t text_limit) {
  ring_capacity = text_limit / 2 > 0 ? text_limit / 2 : 1;
  // Each byte of text could be a record of its own where the two streams take turns: nine bytes for one.
  record_capacity = figure_capacity + 18 * ring_capacity;
  state = shared_memory(sizeof *state);
  records = shared_memory(record_capacity);
  rings[0] = shared_memory(ring_capacity);
  rings[1] = shared_memory(ring_capacity);
  if (!state || !records || !rings[0] || !rings[1]) return false;

  int nothing = open("/dev/null", O_RDONLY);
  if (nothing < 0 || dup2(nothing, 0) < 0) return false;
  close(nothing);
  for (int i = 0; i < 2; i++) {
    int file = memfd_create(i == 0 ? "stdout" : "stderr", MFD_CLOEXEC);
    if (file < 0 || fcntl(file, F_SETFL, O_APPEND) < 0) return false;
    descriptors[i] = file;
    if (dup2(file, i + 1) < 0) return false;
  }
  FILE *out = open_stream(CAPTURE_STDOUT);
  FILE *err = open_stream(CAPTURE_STDERR);
  if (!out || !err) return false;
  stdout = out;
  stderr = err;
  return true;
}

void capture_reset(void) {
  lock();
  memset(state, 0, sizeof *state);
  for (int i = 0; i < 2; i++) {
    if (ftruncate(descriptors[i], 0) != 0) state->streams[i].drained = lseek(descriptors[i], 0, SEEK_END);
  }
  unlock();
}

bool capture_append(uint32_t kind, const void *bytes, size_t length) {
  lock();
  drain_stream(0);
  drain_stream(1);
  bool fits = state->figure_bytes + length + 8 <= figure_capacity;
  if (fits) {
    fits = append_record(kind, bytes, length);
    state->ends_in_text = false;
    state->figure_bytes += length + 8;
  }
  unlock();
  return fits;
}

void capture_drain(void) {
  lock();
  drain_stream(0);
  drain_stream(1);
  unlock();
}

const uint8_t *capture_records(size_t *length) {
  *length = state->length;
  return records;
}

size_t capture_tail_capacity(void) { return ring_capacity; }

size_t capture_tail(uint32_t kind, uint8_t *tail, uint64_t *omitted_bytes, uint64_t *omitted_lines) {
  stream_state *stream = &state->streams[kind - CAPTURE_STDOUT];
  uint8_t *ring = rings[kind - CAPTURE_STDOUT];
  size_t kept = stream->ring_bytes < ring_capacity ? stream->ring_bytes : ring_capacity;
  size_t start = (stream->ring_bytes - kept) % ring_capacity;
  for (size_t i = 0; i < kept; i++) tail[i] = ring[(start + i) % ring_capacity];
  *omitted_bytes = stream->ring_bytes - kept;
  *omitted_lines = stream->ring_lines - count_lines(tail, kept);
  return kept;
}
