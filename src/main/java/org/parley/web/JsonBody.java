package org.parley.web;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

import jakarta.servlet.http.HttpServletRequest;

import org.parley.hub.ErrorCode;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The text of a request's JSON body: bounded, and strict where the servers' own readers replace bytes that are no UTF-8. */
final class JsonBody {
    private JsonBody() {}

    /**
     * Reads all of it.
     *
     * @throws jakarta.ws.rs.WebApplicationException 415 if the request does not say that it is JSON, 413 if it is longer,
     *     400 if it is not UTF-8 (RFC 8259 section 8.1)
     */
    static String read(HttpServletRequest request, InputStream body, int maxBytes) throws IOException {
        if (request.getContentType() == null) {
            // RESTEasy refuses this by itself, Jersey takes it for whatever is consumed.
            throw new Problem(415, "unsupported-media-type", "The body needs a type: application/json.").exception();
        }
        byte[] bytes = body.readNBytes(maxBytes + 1);
        if (bytes.length > maxBytes) {
            throw Problem.of(ErrorCode.TOO_LARGE, "The body has more than " + maxBytes + " bytes.")
                    .exception();
        }
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw Problem.of(ErrorCode.MALFORMED, "The body is not UTF-8.").exception();
        }
    }
}
