#pragma once

#include <stddef.h>
#include <stdint.h>

/// PNG and JPEG as plain functions over libpng and libjpeg-turbo, whose errors leave by longjmp: none of that crosses these functions.

/// What a picture's file says of it.
typedef struct {
    /// Pixels.
    int width, height;
    /// 1 for grey values, 3 for colours.
    int channels;
    /// The largest value of a pixel: 255, or 65535.
    int largest;
} picture_size;

/// Room for the words of an error.
enum { PICTURE_WORDS = 256 };

/// Reads the size of a PNG or JPEG; 0, or 1 with the reason in `words`.
int picture_read_size(const uint8_t *bytes, size_t count, picture_size *size, char words[PICTURE_WORDS]);

/// Reads the pixels of a PNG or JPEG, row by row, the channels of a pixel beside each other, as many numbers as `picture_read_size` says; transparency is left out.
int picture_read(const uint8_t *bytes, size_t count, const picture_size *size, uint16_t *pixels, char words[PICTURE_WORDS]);

/// Writes a PNG of 8 bits, of 1 or 3 channels. `*bytes` is to be freed with `free`.
int picture_write_png(
    const uint8_t *pixels, int width, int height, int channels, uint8_t **bytes, size_t *count, char words[PICTURE_WORDS]);
