#include <png.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include "formats.h"

/// What is left of a file.
typedef struct {
    const uint8_t *next;
    size_t left;
} reader;

/// What has been written.
typedef struct {
    uint8_t *bytes;
    size_t count, room;
} writer;

static void fail(png_structp png, png_const_charp message) {
    char *words = png_get_error_ptr(png);
    strncpy(words, message, PICTURE_WORDS - 1);
    words[PICTURE_WORDS - 1] = 0;
    longjmp(png_jmpbuf(png), 1);
}

static void ignore(png_structp png, png_const_charp message) {
    (void)png;
    (void)message;
}

static void take(png_structp png, png_bytep bytes, size_t count) {
    reader *from = png_get_io_ptr(png);
    if (count > from->left) png_error(png, "it is cut off");
    memcpy(bytes, from->next, count);
    from->next += count;
    from->left -= count;
}

static void put(png_structp png, png_bytep bytes, size_t count) {
    writer *to = png_get_io_ptr(png);
    if (to->room - to->count < count) {
        size_t room = 2 * (to->count + count) + 4096;
        uint8_t *larger = realloc(to->bytes, room);
        if (!larger) png_error(png, "memory is short");
        to->bytes = larger;
        to->room = room;
    }
    memcpy(to->bytes + to->count, bytes, count);
    to->count += count;
}

static void flush(png_structp png) { (void)png; }

int picture_read_png(const uint8_t *bytes, size_t count, picture_size *size, uint16_t *pixels, char words[PICTURE_WORDS]) {
    reader from = {bytes, count};
    png_infop info = NULL;
    uint8_t *volatile samples = NULL;
    uint8_t **volatile rows = NULL;
    png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, words, fail, ignore);
    if (png) info = png_create_info_struct(png);
    if (!info) {
        strcpy(words, "memory is short");
        png_destroy_read_struct(&png, NULL, NULL);
        return 1;
    }
    if (setjmp(png_jmpbuf(png))) {
        png_destroy_read_struct(&png, &info, NULL);
        free(samples);
        free(rows);
        return 1;
    }
    png_set_read_fn(png, &from, take);
    png_read_info(png, info);
    int color = png_get_color_type(png, info);
    int bits = png_get_bit_depth(png, info);
    if (!pixels) {
        size->width = (int)png_get_image_width(png, info);
        size->height = (int)png_get_image_height(png, info);
        size->channels = color & PNG_COLOR_MASK_COLOR ? 3 : 1;
        size->largest = bits == 16 ? 65535 : 255;
        png_destroy_read_struct(&png, &info, NULL);
        return 0;
    }
    png_set_expand(png);
    png_set_strip_alpha(png);
    png_set_interlace_handling(png);
    png_read_update_info(png, info);
    size_t row = png_get_rowbytes(png, info);
    size_t values = (size_t)size->width * size->channels;
    if (row != values * (bits == 16 ? 2 : 1)) png_error(png, "its rows are not as long as it says");
    samples = malloc(row * size->height);
    rows = malloc(sizeof(uint8_t *) * size->height);
    if (!samples || !rows) png_error(png, "memory is short");
    for (int y = 0; y < size->height; y++) rows[y] = samples + row * y;
    png_read_image(png, rows);
    png_read_end(png, NULL);
    for (size_t i = 0; i < values * size->height; i++) {
        pixels[i] = bits == 16 ? (uint16_t)(samples[2 * i] << 8 | samples[2 * i + 1]) : samples[i];
    }
    png_destroy_read_struct(&png, &info, NULL);
    free(samples);
    free(rows);
    return 0;
}

int picture_write_png(
    const uint8_t *pixels, int width, int height, int channels, uint8_t **bytes, size_t *count, char words[PICTURE_WORDS]) {
    writer to = {NULL, 0, 0};
    png_infop info = NULL;
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, words, fail, ignore);
    if (png) info = png_create_info_struct(png);
    if (!info) {
        strcpy(words, "memory is short");
        png_destroy_write_struct(&png, NULL);
        return 1;
    }
    if (setjmp(png_jmpbuf(png))) {
        png_destroy_write_struct(&png, &info);
        free(to.bytes);
        return 1;
    }
    png_set_write_fn(png, &to, put, flush);
    png_set_IHDR(
        png, info, width, height, 8, channels == 1 ? PNG_COLOR_TYPE_GRAY : PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE,
        PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_set_compression_level(png, 9);
    png_write_info(png, info);
    for (int y = 0; y < height; y++) png_write_row(png, (png_const_bytep)pixels + (size_t)y * width * channels);
    png_write_end(png, NULL);
    png_destroy_write_struct(&png, &info);
    *bytes = to.bytes;
    *count = to.count;
    return 0;
}
