// What the files of this target share. Names and numbers are those of the BLAKE3
// specification, chapter 2: https://github.com/BLAKE3-team/BLAKE3-specs
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
  BLOCK_LENGTH = 64,
  CHUNK_LENGTH = 1024,
  BLOCKS_PER_CHUNK = CHUNK_LENGTH / BLOCK_LENGTH,
  HASH_LENGTH = 32,
  ROUNDS = 7,
};

/// Domain separation flags of the compression function.
enum {
  CHUNK_START = 1 << 0,
  CHUNK_END = 1 << 1,
  PARENT = 1 << 2,
  ROOT = 1 << 3,
};

/// The initial chaining value of every chunk and parent in the unkeyed mode.
static const uint32_t initial_value[8] = {
    0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
    0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
};

/// Which message word each round mixes in at each step: row 0 in order, every further row
/// the permutation 2 6 3 10 7 0 4 13 1 11 12 5 9 14 15 8 of the row above.
static const uint8_t schedule[ROUNDS][16] = {
    {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15},
    {2, 6, 3, 10, 7, 0, 4, 13, 1, 11, 12, 5, 9, 14, 15, 8},
    {3, 4, 10, 12, 13, 2, 7, 14, 6, 5, 9, 0, 11, 15, 8, 1},
    {10, 7, 12, 9, 14, 3, 13, 15, 4, 0, 11, 2, 5, 8, 1, 6},
    {12, 13, 9, 11, 15, 10, 14, 8, 7, 2, 5, 3, 0, 1, 6, 4},
    {9, 14, 11, 5, 8, 12, 15, 1, 13, 3, 0, 10, 2, 6, 4, 7},
    {11, 15, 5, 0, 1, 9, 8, 6, 14, 10, 2, 12, 3, 4, 7, 13},
};

/// Compresses one block into the chaining value `cv`.
void winch_blake3_compress(
    uint32_t cv[8], const uint8_t block[BLOCK_LENGTH], uint32_t block_length, uint64_t counter,
    uint32_t flags);

/// Nodes of one kind in order, none of them the root: whole chunks, or parents (two chaining
/// values each).
typedef struct {
  /// The first node. It may lie apart: the chunk that two pieces of input share was put
  /// together elsewhere, and is hashed in the same row as those behind it.
  const uint8_t *first;
  /// All other nodes, one behind the other.
  const uint8_t *rest;
  size_t count;
  /// Blocks in each node: 16 for chunks, 1 for parents.
  size_t blocks;
  /// The index of the first chunk. Parents are not numbered.
  uint64_t first_chunk;
  bool is_parents;
} node_row;

/// The parents of 2 × `count` chaining values, neighbours in pairs.
static inline node_row parents_of(const uint8_t *values, size_t count) {
  return (node_row){
      .first = values,
      .rest = values + BLOCK_LENGTH,
      .count = count,
      .blocks = 1,
      .is_parents = true,
  };
}

static inline const uint8_t *node_bytes(const node_row *row, size_t index) {
  return index == 0 ? row->first : row->rest + (index - 1) * row->blocks * BLOCK_LENGTH;
}

static inline uint64_t node_counter(const node_row *row, size_t index) {
  return row->is_parents ? 0 : row->first_chunk + index;
}

static inline uint32_t node_flags(const node_row *row, size_t block) {
  if (row->is_parents) return PARENT;
  return (block == 0 ? CHUNK_START : 0) | (block + 1 == row->blocks ? CHUNK_END : 0);
}

/// Drops the first `count` nodes, at least one.
static inline void node_row_advance(node_row *row, size_t count) {
  row->first = node_bytes(row, count);
  row->rest = row->first + row->blocks * BLOCK_LENGTH;
  row->count -= count;
  row->first_chunk += count;
}

/// Writes the chaining value of every node of a row to `out`, 32 bytes each, in order.
///
/// `out` may be where the nodes lie: a node is read before anything is written over it.
typedef void hash_many_function(node_row row, uint8_t *out);

hash_many_function winch_blake3_hash_many_portable;
#if defined(__x86_64__)
hash_many_function winch_blake3_hash_many_sse41;
hash_many_function winch_blake3_hash_many_avx2;
hash_many_function winch_blake3_hash_many_avx512;
#elif defined(__aarch64__) && defined(__LITTLE_ENDIAN__)
hash_many_function winch_blake3_hash_many_neon;
#endif

/// `hash_many` of the kernel in use.
hash_many_function winch_blake3_hash_many;

/// Stores the eight words of a chaining value, least significant byte first.
void winch_blake3_store(const uint32_t cv[8], uint8_t out[HASH_LENGTH]);
