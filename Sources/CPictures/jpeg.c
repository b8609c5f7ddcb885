#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>

#include <jerror.h>

#include "formats.h"

typedef struct {
    struct jpeg_error_mgr manager;
    jmp_buf back;
    char *words;
} failure;

static void fail(j_common_ptr jpeg) {
    failure *at = (failure *)jpeg->err;
    char message[JMSG_LENGTH_MAX];
    jpeg->err->format_message(jpeg, message);
    strncpy(at->words, message, PICTURE_WORDS - 1);
    at->words[PICTURE_WORDS - 1] = 0;
    longjmp(at->back, 1);
}

/// Warnings of pixels that are missing are errors; the others change none.
static void hear(j_common_ptr jpeg, int level) {
    if (level >= 0) return;
    switch (jpeg->err->msg_code) {
    case JWRN_EXTRANEOUS_DATA: case JWRN_ADOBE_XFORM: case JWRN_JFIF_MAJOR: return;
    case JWRN_JPEG_EOF:
        strcpy(((failure *)jpeg->err)->words, "it is cut off");
        longjmp(((failure *)jpeg->err)->back, 1);
    default: fail(jpeg);
    }
}

int picture_read_jpeg(const uint8_t *bytes, size_t count, picture_size *size, uint16_t *pixels, char words[PICTURE_WORDS]) {
    struct jpeg_decompress_struct jpeg;
    failure at;
    uint8_t *volatile line = NULL;
    memset(&jpeg, 0, sizeof jpeg);
    jpeg.err = jpeg_std_error(&at.manager);
    at.manager.error_exit = fail;
    at.manager.emit_message = hear;
    at.words = words;
    if (setjmp(at.back)) {
        jpeg_destroy_decompress(&jpeg);
        free(line);
        return 1;
    }
    jpeg_create_decompress(&jpeg);
    jpeg_mem_src(&jpeg, bytes, count);
    jpeg_read_header(&jpeg, TRUE);
    if (jpeg.jpeg_color_space == JCS_CMYK || jpeg.jpeg_color_space == JCS_YCCK) {
        strcpy(words, "its colours are those of printing (CMYK); write it in RGB");
        jpeg_destroy_decompress(&jpeg);
        return 1;
    }
    int isGrey = jpeg.jpeg_color_space == JCS_GRAYSCALE;
    if (!pixels) {
        size->width = (int)jpeg.image_width;
        size->height = (int)jpeg.image_height;
        size->channels = isGrey ? 1 : 3;
        size->largest = 255;
        jpeg_destroy_decompress(&jpeg);
        return 0;
    }
    jpeg.out_color_space = isGrey ? JCS_GRAYSCALE : JCS_RGB;
    jpeg_start_decompress(&jpeg);
    size_t values = (size_t)size->width * size->channels;
    line = malloc(values);
    if (!line || jpeg.output_components != size->channels) {
        strcpy(words, line ? "its pixels are of a kind that is not known" : "memory is short");
        longjmp(at.back, 1);
    }
    while (jpeg.output_scanline < jpeg.output_height) {
        uint8_t *row = line;
        uint16_t *to = pixels + (size_t)jpeg.output_scanline * values;
        jpeg_read_scanlines(&jpeg, &row, 1);
        for (size_t i = 0; i < values; i++) to[i] = row[i];
    }
    jpeg_finish_decompress(&jpeg);
    jpeg_destroy_decompress(&jpeg);
    free(line);
    return 0;
}
