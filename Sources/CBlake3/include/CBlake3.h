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
  /// The number of the first chunk, 0 for a whole input.
  uint64_t first_chunk;
  /// Rows already folded into `stack`.
  uint64_t row_count;
  /// Values in `row`. A full row is folded only once a byte behind it was seen, because it
  /// may be all there is, and the root is hashed differently.
  uint64_t value_count;
  /// Bytes held in `pending`: less than a chunk, or the first chunk as long as it may turn out
  /// to be the only one.
  uint64_t pending_count;
  uint8_t pending[1024];
  /// Chaining values of the newest chunks, in order.
  uint8_t row[128 * WINCH_BLAKE3_HASH_LENGTH];
  /// Chaining values of complete subtrees, widest first: one for each bit that is set in
  /// `row_count`. Inputs end at 2^64 bytes, 2^47 rows; one more place serves a merge.
  uint8_t stack[48 * WINCH_BLAKE3_HASH_LENGTH];
} winch_blake3_hasher;

/// Makes `hasher` the hash of no bytes.
void winch_blake3_init(winch_blake3_hasher *hasher);

/// Makes `hasher` the hash of a part of an input, from the chunk (of 1024 bytes) of that number,
/// which is to be ended by `winch_blake3_finalize_subtree`.
///
/// The part is a subtree of the whole if it is 2^n chunks long and begins at a multiple of that,
/// or begins there and is shorter because the input ends.
void winch_blake3_init_subtree(winch_blake3_hasher *hasher, uint64_t first_chunk);

/// Appends `count` bytes. `bytes` may be null if `count` is 0.
void winch_blake3_update(
    winch_blake3_hasher *hasher, const void *_Nullable bytes, size_t count);

/// Writes the 32-byte hash of all bytes so far. `hasher` may go on being updated.
void winch_blake3_finalize(const winch_blake3_hasher *hasher, uint8_t *out);

/// Writes the 32-byte chaining value of all bytes so far, at least one, as a part of a longer
/// input. `hasher` may go on being updated.
void winch_blake3_finalize_subtree(const winch_blake3_hasher *hasher, uint8_t *out);

/// Writes the 32-byte value of the node above two neighbours: its chaining value, or the hash of
/// the whole input if it is the root. `out` may be either of the two.
void winch_blake3_parent(
    const uint8_t *left, const uint8_t *right, bool is_root, uint8_t *out);

/// The name of the code that hashes many chunks at once: "avx512", "avx2", "sse4.1", "neon" or
/// "portable".
const char *winch_blake3_kernel(void);

/// Chooses the kernel by name for the whole process; null chooses the fastest again.
///
/// For tests and benchmarks. Returns false, and changes nothing, if this build or this
/// processor has no such kernel. Every kernel gives the same hashes.
bool winch_blake3_use_kernel(const char *_Nullable name);

#pragma clang assume_nonnull end
