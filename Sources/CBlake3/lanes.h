// Hashes LANES nodes at once, one in each lane of a vector. Included once by each kernel of
// that shape, which defines beforehand
//   LANES      nodes at once, a power of two up to 16
//   transpose  void transpose(vector rows[LANES]), turning rows into columns
//   rotate16, rotate8  vector rotations to the right, which many processors do fastest as
//                      byte shuffles
// for a little-endian processor.
#pragma once

#include "blake3.h"

#include <string.h>

#define INLINE static inline __attribute__((always_inline))

typedef uint32_t vector __attribute__((vector_size(4 * LANES)));
typedef uint8_t byte_vector __attribute__((vector_size(4 * LANES)));

INLINE void transpose(vector rows[LANES]);
INLINE vector rotate16(vector x);
INLINE vector rotate8(vector x);

/// How far ahead of the work bytes are asked for: far enough for memory to answer in time.
enum { BLOCKS_AHEAD = 4 };

INLINE vector rotate12(vector x) { return x >> 12 | x << 20; }
INLINE vector rotate7(vector x) { return x >> 7 | x << 25; }

INLINE vector load_vector(const void *bytes) {
  vector x;
  memcpy(&x, bytes, sizeof x);
  return x;
}

INLINE vector fill(uint32_t word) { return word - (vector){}; }

/// Adds to row a of the state row b, turned by `turn` places, and a message word for each.
INLINE void add_words(
    vector a[4], const vector b[4], int turn, const vector m[16], const uint8_t order[8]) {
  for (int i = 0; i < 4; i++) a[i] += m[order[2 * i]];
  for (int i = 0; i < 4; i++) a[i] += b[(i + turn) % 4];
}

/// Mixes four columns of the state, or, with `turn` 1, its four diagonals. Step by step for all
/// four, because each step waits for the one before and the processor can do several at once.
INLINE void mix_four(vector v[16], int turn, const vector m[16], const uint8_t order[8]) {
  vector *a = v, *b = v + 4, *c = v + 8, *d = v + 12;
  int tb = turn, tc = 2 * turn, td = 3 * turn;
  add_words(a, b, tb, m, order);
  for (int i = 0; i < 4; i++) d[(i + td) % 4] ^= a[i];
  for (int i = 0; i < 4; i++) d[(i + td) % 4] = rotate16(d[(i + td) % 4]);
  for (int i = 0; i < 4; i++) c[(i + tc) % 4] += d[(i + td) % 4];
  for (int i = 0; i < 4; i++) b[(i + tb) % 4] ^= c[(i + tc) % 4];
  for (int i = 0; i < 4; i++) b[(i + tb) % 4] = rotate12(b[(i + tb) % 4]);
  add_words(a, b, tb, m, order + 1);
  for (int i = 0; i < 4; i++) d[(i + td) % 4] ^= a[i];
  for (int i = 0; i < 4; i++) d[(i + td) % 4] = rotate8(d[(i + td) % 4]);
  for (int i = 0; i < 4; i++) c[(i + tc) % 4] += d[(i + td) % 4];
  for (int i = 0; i < 4; i++) b[(i + tb) % 4] ^= c[(i + tc) % 4];
  for (int i = 0; i < 4; i++) b[(i + tb) % 4] = rotate7(b[(i + tb) % 4]);
}

INLINE void mix_round(vector v[16], const vector m[16], const uint8_t order[16]) {
  mix_four(v, 0, m, order);
  mix_four(v, 1, m, order + 8);
}

/// Asks for the block of every lane that is to be hashed BLOCKS_AHEAD blocks from now, which may
/// be one of the next LANES nodes. The processor's own guesses do not keep up with so many
/// places read in turn. Asking for what is not there does no harm.
INLINE void prefetch_blocks(const node_row *row, const uint8_t *const nodes[LANES], size_t block) {
  size_t ahead = block + BLOCKS_AHEAD;
  size_t skipped = ahead < row->blocks ? 0 : (LANES - 1) * row->blocks;
  for (size_t lane = 0; lane < LANES; lane++) {
    __builtin_prefetch((const void *)((uintptr_t)nodes[lane] + (skipped + ahead) * BLOCK_LENGTH));
  }
}

/// Puts word i of that block of every node into m[i].
INLINE void load_blocks(vector m[16], const uint8_t *const nodes[LANES], size_t block) {
  for (int word = 0; word < 16; word += LANES) {
    for (size_t lane = 0; lane < LANES; lane++) {
      m[word + lane] = load_vector(nodes[lane] + block * BLOCK_LENGTH + word * 4);
    }
    transpose(m + word);
  }
}

/// Stores lane n of cv[0…7] as the chaining value n of `out`, for the first `count` lanes.
INLINE void store_values(const vector cv[8], size_t count, uint8_t *out) {
  enum { WORDS = LANES < 8 ? LANES : 8 };
  for (int word = 0; word < 8; word += WORDS) {
    vector rows[LANES] = {};
    for (int i = 0; i < WORDS; i++) rows[i] = cv[word + i];
    transpose(rows);
    for (size_t lane = 0; lane < LANES && lane < count; lane++) {
      memcpy(out + lane * HASH_LENGTH + word * 4, &rows[lane], WORDS * 4);
    }
  }
}

/// Hashes the first LANES nodes of `row`, or as many as there are.
INLINE void hash_lanes(const node_row *row, uint8_t *out) {
  const uint8_t *nodes[LANES];
  uint32_t counter_low[LANES], counter_high[LANES];
  for (size_t lane = 0; lane < LANES; lane++) {
    // Lanes without a node of their own repeat the last one, so that nothing behind it is read.
    nodes[lane] = node_bytes(row, lane < row->count ? lane : row->count - 1);
    counter_low[lane] = (uint32_t)node_counter(row, lane);
    counter_high[lane] = (uint32_t)(node_counter(row, lane) >> 32);
  }

  vector cv[8];
  for (int i = 0; i < 8; i++) cv[i] = fill(initial_value[i]);

  for (size_t block = 0; block < row->blocks; block++) {
    vector m[16], v[16];
    prefetch_blocks(row, nodes, block);
    load_blocks(m, nodes, block);
    for (int i = 0; i < 8; i++) v[i] = cv[i];
    for (int i = 0; i < 4; i++) v[8 + i] = fill(initial_value[i]);
    v[12] = load_vector(counter_low);
    v[13] = load_vector(counter_high);
    v[14] = fill(BLOCK_LENGTH);
    v[15] = fill(node_flags(row, block));

#pragma clang loop unroll(full)
    for (int round = 0; round < ROUNDS; round++) mix_round(v, m, schedule[round]);

    for (int i = 0; i < 8; i++) cv[i] = v[i] ^ v[i + 8];
  }
  store_values(cv, row->count, out);
}

/// Hashes all nodes, leaving to `narrower` a last few that fill half of the lanes or less: it
/// is faster for them.
INLINE void hash_many_lanes(node_row row, uint8_t *out, hash_many_function *narrower) {
  while (row.count > LANES / 2) {
    size_t count = row.count < LANES ? row.count : LANES;
    hash_lanes(&row, out);
    node_row_advance(&row, count);
    out += count * HASH_LENGTH;
  }
  narrower(row, out);
}
