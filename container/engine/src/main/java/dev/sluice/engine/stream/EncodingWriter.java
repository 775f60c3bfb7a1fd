package dev.sluice.engine.stream;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Encodes characters straight into the response's buffer; what the encoding cannot say becomes a question mark. Runs of ASCII, which is
 * nearly everything, bypass the encoder. One thread at a time.
 */
final class EncodingWriter extends Writer {
    private static final int CHUNK = 512;

    private final OutputStream target;
    private final Charset charset;
    private final boolean asciiCompatible;
    private final byte[] bytes = new byte[CHUNK];
    private @Nullable CharsetEncoder encoder;
    private char highSurrogate;

    EncodingWriter(OutputStream target, Charset charset) {
        this.target = target;
        this.charset = charset;
        this.asciiCompatible = charset.equals(StandardCharsets.UTF_8)
                || charset.equals(StandardCharsets.ISO_8859_1)
                || charset.equals(StandardCharsets.US_ASCII);
    }

    @Override
    public void write(String text, int offset, int length) throws IOException {
        int position = offset;
        int end = offset + length;
        while (position < end) {
            int ascii = asciiCompatible && highSurrogate == 0 ? asciiRun(text, position, end) : 0;
            if (ascii > 0) {
                target.write(bytes, 0, ascii);
                position += ascii;
            } else {
                int next = otherRun(text, position, end);
                encode(text.substring(position, next));
                position = next;
            }
        }
    }

    @Override
    public void write(char[] text, int offset, int length) throws IOException {
        write(new String(text, offset, length), 0, length);
    }

    @Override
    public void write(int character) throws IOException {
        if (asciiCompatible && highSurrogate == 0 && character < 0x80 && character >= 0) {
            target.write(character);
        } else {
            encode(String.valueOf((char) character));
        }
    }

    @Override
    public void flush() throws IOException {
        target.flush();
    }

    @Override
    public void close() throws IOException {
        if (highSurrogate != 0) {
            highSurrogate = 0;
            target.write('?');
        }
        target.close();
    }

    private int asciiRun(String text, int start, int end) {
        int length = Math.min(end - start, CHUNK);
        for (int i = 0; i < length; i++) {
            char character = text.charAt(start + i);
            if (character >= 0x80) {
                return i;
            }
            bytes[i] = (byte) character;
        }
        return length;
    }

    private int otherRun(String text, int start, int end) {
        int position = start + 1;
        while (position < end && (!asciiCompatible || text.charAt(position) >= 0x80)) {
            position++;
        }
        return position;
    }

    private void encode(String text) throws IOException {
        String whole = highSurrogate == 0 ? text : highSurrogate + text;
        highSurrogate = 0;
        int end = whole.length();
        if (end > 0 && Character.isHighSurrogate(whole.charAt(end - 1))) {
            highSurrogate = whole.charAt(--end);
        }
        CharsetEncoder coder = encoder();
        CharBuffer in = CharBuffer.wrap(whole, 0, end);
        ByteBuffer out = ByteBuffer.wrap(bytes);
        while (in.hasRemaining()) {
            coder.encode(in, out, false);
            target.write(bytes, 0, out.position());
            out.clear();
        }
    }

    private CharsetEncoder encoder() {
        if (encoder == null) {
            encoder = charset.newEncoder()
                    .onMalformedInput(CodingErrorAction.REPLACE)
                    .onUnmappableCharacter(CodingErrorAction.REPLACE);
        }
        return encoder;
    }
}
