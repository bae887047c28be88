#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

/// The length of a BLAKE3 hash in bytes.
#define WINCH_BLAKE3_HASH_LENGTH 32

/// A BLAKE3 hash of bytes that arrive in order, in pieces of any size.
///
/// A plain value: copying it copies the hash so far. Not to be used by two threads at once.
/// Only the unkeyed mode with 32 bytes of output is offered. The fields are for the
/// implementation.
typedef struct winch_blake3_hasher {
  /// Chunks already folded into `stack`. The chunk held in `pending` is not counted.
  uint64_t chunk_count;
  /// Bytes held in `pending`. More than 0 as soon as any byte was seen.
  uint64_t pending_count;
  /// The newest bytes, at most one chunk of them. They wait because the last chunk of the
  /// input is hashed differently when it is also the only one.
  uint8_t pending[1024];
  /// Chaining values of complete subtrees, widest first: one for each bit that is set in
  /// `chunk_count`. Inputs end at 2^64 bytes, 2^54 chunks; one more place serves a merge.
  uint8_t stack[55 * WINCH_BLAKE3_HASH_LENGTH];
} winch_blake3_hasher;

/// Makes `hasher` the hash of no bytes.
void winch_blake3_init(winch_blake3_hasher *hasher);

/// Appends `count` bytes. `bytes` may be null if `count` is 0.
void winch_blake3_update(
    winch_blake3_hasher *hasher, const void *_Nullable bytes, size_t count);

/// Writes the 32-byte hash of all bytes so far. `hasher` may go on being updated.
void winch_blake3_finalize(const winch_blake3_hasher *hasher, uint8_t *out);

/// The name of the code that hashes many chunks at once: "avx2", "sse4.1" or "portable".
const char *winch_blake3_kernel(void);

/// Chooses the kernel by name for the whole process; null chooses the fastest again.
///
/// For tests and benchmarks. Returns false, and changes nothing, if this build or this
/// processor has no such kernel. Every kernel gives the same hashes.
bool winch_blake3_use_kernel(const char *_Nullable name);

#pragma clang assume_nonnull end
