// What the worker needs of the operating system that Swift cannot say: streams of our own behind `stdout` and
// `stderr`, signal handlers that call nothing unsafe, and memory that outlives a process that crashed.
#ifndef C_WORKER_SUPPORT_H
#define C_WORKER_SUPPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// MARK: Capture (capture.c)

// The kinds of the log's records.
enum { CAPTURE_STDOUT = 1, CAPTURE_STDERR = 2, CAPTURE_FIGURE = 3, CAPTURE_INLINE = 4 };

// Puts streams of our own behind `stdout`, `stderr` and the descriptors 0, 1 and 2. Everything goes to one log, in
// the order in which it was written, in memory that all processes forked from this one share: a process that
// crashes loses nothing. Of each stream the log keeps `text_limit` bytes: half from its head, half from its tail.
bool capture_open(size_t text_limit);

// Empties the log, before a cell.
void capture_reset(void);

// Appends a figure or an inline value. False if the log has no room for it.
bool capture_append(uint32_t kind, const void *bytes, size_t length);

// Takes in what was written to the descriptors 1 and 2 directly, past `stdout` and `stderr`.
void capture_drain(void);

// The log's records, one after another: kind and length (32 bits each), then the bytes.
const uint8_t *capture_records(size_t *length);

// The most bytes that `capture_tail` gives.
size_t capture_tail_capacity(void);

// The end of a stream of which the middle was cut, copied to `tail`.
// Returns how many bytes that is; `omitted_*` say what is missing between the head and the tail.
size_t capture_tail(uint32_t kind, uint8_t *tail, uint64_t *omitted_bytes, uint64_t *omitted_lines);

// MARK: Failures (failure.c)

enum { FAILURE_NONE = 0, FAILURE_SIGNAL = 1, FAILURE_EXIT = 2 };
enum { FAILURE_FRAMES = 96 };

// How a process ended, written by itself while it was dying, in memory that its parent shares.
typedef struct {
  int32_t kind;
  int32_t code;  // the signal, or the exit status
  bool stack_overflow;
  int32_t frame_count;
  uintptr_t frames[FAILURE_FRAMES];
  int32_t throw_frame_count;
  uintptr_t throw_frames[FAILURE_FRAMES];  // where the last error was thrown
} failure_report;

// Installs the handlers: fatal signals, `exit`, and the runtime's hook for thrown errors.
bool failure_watch(void);
void failure_reset(void);
const failure_report *failure_last(void);

// The signal that asks a process to say where it is, and end.
int failure_interrupt_signal(void);

// MARK: Files (files.c)

// What a cell did with a path.
enum { FILES_CONTENTS = 1, FILES_EXISTENCE = 2, FILES_WRITTEN = 3 };

// What a cell did that cannot be told by the files it named: reached out to other machines, or found a disk full; or
// started a program, walked through folders, or changed what all later cells stand on (the working directory, the
// environment).
enum { FILES_UNREPEATABLE = 1, FILES_UNSEEN = 2 };

// Makes the log, in memory that all processes forked from this one share.
bool files_open(void);

// Empties the log and watches from here on; looks away.
void files_begin(void);
void files_end(void);

// The log's records, one after another: what was done (a byte), the file's stamp then (64 bits), the length of the
// path (16 bits), the path.
const uint8_t *files_records(size_t *length);
uint32_t files_effects(void);

// A number that changes whenever the file's contents do (or, for FILES_EXISTENCE, its kind or size); 0 where there is
// no such file.
uint64_t files_stamp(const char *path, uint8_t kind);

// MARK: Libraries and processes (process.c)

// Loads a cell's library. Returns its handle, or NULL with `process_load_error()`.
void *process_load(const char *path, bool is_cell_library);
const char *process_load_error(void);

// Says that this process is the one that runs cells.
void process_begin(void);

// The library of the process that ran last which `address` lies in: its number in order of loading, and the offset in
// its file. -1 if it lies in none.
int32_t process_locate(uintptr_t address, uint64_t *offset);

// The path of a cell library.
const char *process_library_path(int32_t number);

// Makes this process the one that inherits the orphans below it. Call it before the first fork.
bool process_become_supervisor(void);

// `fork`, after which Swift's locks work in the child too.
int process_fork(void);

// A descriptor that can be polled for the end of a child.
int process_open(int pid);

// How many threads this process has, those not counted that OpenBLAS and the notebook library start again.
int32_t process_foreign_threads(void);

// Descriptors are shared after a fork, and so are the places in files that they stand at.
// Notes those that are open before the first cell.
void process_note_descriptors(void);

// How many pipes and sockets cells have left open; `connection` is the worker's own.
int32_t process_open_channels(int connection);

// Notes where the files stand that cells left open; puts them there again.
void process_note_offsets(void);
void process_restore_offsets(void);

// Bounds the memory that this process and its children may allocate from now on, each for itself.
bool process_limit_memory(uint64_t bytes);

#endif
