#include "blake3.h"
#include "CBlake3.h"

#include <string.h>

_Static_assert(
    sizeof((winch_blake3_hasher *)0)->pending == CHUNK_LENGTH, "a chunk fits into pending");
_Static_assert(WINCH_BLAKE3_HASH_LENGTH == HASH_LENGTH, "one length of a hash");

/// Chunks hashed in one go: enough that almost all parents above them fill all lanes too.
enum { CHUNKS_AT_ONCE = 128 };

void winch_blake3_init(winch_blake3_hasher *hasher) { memset(hasher, 0, sizeof *hasher); }

/// Folds neighbouring chaining values in pairs, in place, until the one above all remains
/// at the front. `count` is a power of two.
static void fold_subtree(uint8_t *values, uint64_t count) {
  for (; count > 1; count /= 2) {
    node_row parents = {.bytes = values, .count = count / 2, .blocks = 1, .is_parents = true};
    winch_blake3_hash_many(parents, values);
  }
}

/// Puts the value of a complete subtree of `chunks` chunks on the stack, and joins subtrees
/// of equal width. None of them is the root, because a byte behind them is already there.
static void push_subtree(
    winch_blake3_hasher *hasher, const uint8_t value[HASH_LENGTH], uint64_t chunks) {
  int depth = __builtin_popcountll(hasher->chunk_count);
  memcpy(hasher->stack + depth * HASH_LENGTH, value, HASH_LENGTH);
  depth++;
  hasher->chunk_count += chunks;
  for (; depth > __builtin_popcountll(hasher->chunk_count); depth--) {
    fold_subtree(hasher->stack + (depth - 2) * HASH_LENGTH, 2);
  }
}

/// The most chunks that, starting at chunk `index`, make a subtree and are not more than
/// `limit`: a power of two that divides the index.
static uint64_t subtree_width(uint64_t index, uint64_t limit) {
  uint64_t largest = UINT64_C(1) << (63 - __builtin_clzll(limit));
  uint64_t alignment = index & -index;
  return index == 0 || largest < alignment ? largest : alignment;
}

/// Hashes up to CHUNKS_AT_ONCE whole chunks. They are hashed in one row wherever they stand
/// in the tree, so that all lanes are filled; only then are they divided into subtrees.
static void append_chunk_row(winch_blake3_hasher *hasher, const uint8_t *bytes, size_t count) {
  uint8_t values[CHUNKS_AT_ONCE * HASH_LENGTH];
  node_row chunks = {
      .bytes = bytes,
      .count = count,
      .blocks = BLOCKS_PER_CHUNK,
      .first_chunk = hasher->chunk_count,
  };
  winch_blake3_hash_many(chunks, values);

  uint8_t *value = values;
  while (count > 0) {
    uint64_t width = subtree_width(hasher->chunk_count, count);
    fold_subtree(value, width);
    push_subtree(hasher, value, width);
    value += width * HASH_LENGTH;
    count -= width;
  }
}

static void append_chunks(winch_blake3_hasher *hasher, const uint8_t *bytes, size_t count) {
  while (count > 0) {
    size_t row = count < CHUNKS_AT_ONCE ? count : CHUNKS_AT_ONCE;
    append_chunk_row(hasher, bytes, row);
    bytes += row * CHUNK_LENGTH;
    count -= row;
  }
}

/// Moves bytes into `pending` until it is full or they are used up. Returns how many.
static size_t fill_pending(winch_blake3_hasher *hasher, const uint8_t *bytes, size_t count) {
  size_t space = CHUNK_LENGTH - hasher->pending_count;
  size_t taken = count < space ? count : space;
  memcpy(hasher->pending + hasher->pending_count, bytes, taken);
  hasher->pending_count += taken;
  return taken;
}

void winch_blake3_update(winch_blake3_hasher *hasher, const void *input, size_t count) {
  if (count == 0) return;
  const uint8_t *bytes = input;

  if (hasher->pending_count > 0) {
    size_t taken = fill_pending(hasher, bytes, count);
    bytes += taken;
    count -= taken;
    if (count == 0) return;
    append_chunks(hasher, hasher->pending, 1);
    hasher->pending_count = 0;
  }

  // One byte at least stays behind, so that the chunks appended are known not to be the last.
  size_t chunks = (count - 1) / CHUNK_LENGTH;
  append_chunks(hasher, bytes, chunks);
  fill_pending(hasher, bytes + chunks * CHUNK_LENGTH, count - chunks * CHUNK_LENGTH);
}

/// The chaining value of the last chunk, which may be short, and empty if it is the only one.
static void hash_last_chunk(const winch_blake3_hasher *hasher, uint32_t root, uint32_t cv[8]) {
  memcpy(cv, initial_value, sizeof initial_value);
  size_t start = 0;
  uint32_t flags = CHUNK_START;
  for (; hasher->pending_count - start > BLOCK_LENGTH; start += BLOCK_LENGTH, flags = 0) {
    winch_blake3_compress(
        cv, hasher->pending + start, BLOCK_LENGTH, hasher->chunk_count, flags);
  }
  uint8_t block[BLOCK_LENGTH] = {0};
  uint32_t length = (uint32_t)(hasher->pending_count - start);
  memcpy(block, hasher->pending + start, length);
  winch_blake3_compress(cv, block, length, hasher->chunk_count, flags | CHUNK_END | root);
}

/// Makes `cv` the chaining value of the parent of `left` and `cv`.
static void join(const uint8_t left[HASH_LENGTH], uint32_t root, uint32_t cv[8]) {
  uint8_t block[BLOCK_LENGTH];
  memcpy(block, left, HASH_LENGTH);
  winch_blake3_store(cv, block + HASH_LENGTH);
  memcpy(cv, initial_value, sizeof initial_value);
  winch_blake3_compress(cv, block, BLOCK_LENGTH, 0, PARENT | root);
}

void winch_blake3_finalize(const winch_blake3_hasher *hasher, uint8_t *out) {
  uint32_t cv[8];
  int depth = __builtin_popcountll(hasher->chunk_count);
  hash_last_chunk(hasher, depth == 0 ? ROOT : 0, cv);
  while (depth > 0) {
    depth--;
    join(hasher->stack + depth * HASH_LENGTH, depth == 0 ? ROOT : 0, cv);
  }
  winch_blake3_store(cv, out);
}
