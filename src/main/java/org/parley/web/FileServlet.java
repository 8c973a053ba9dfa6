package org.parley.web;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.parley.auth.Authentication.Authenticated;
import org.parley.auth.Authentication.Refused;
import org.parley.auth.Identity;
import org.parley.event.Event;
import org.parley.file.Download;
import org.parley.file.FilePool;
import org.parley.file.FileStoreUnavailableException;
import org.parley.file.Files;
import org.parley.file.StoredFile;
import org.parley.hub.ErrorCode;
import org.parley.hub.LogUnavailableException;
import org.parley.hub.RefusedException;

/**
 * {@code GET} and {@code HEAD} of {@code /api/files/{id}}, for links and pictures: one range at a time, {@code If-Range},
 * {@code If-None-Match}; the entity tag is the SHA-256. The answer is never a page of ours: an attachment, sandboxed, of a
 * type that runs nothing. A servlet and no resource, since only it can write when the reader reads, without a thread that
 * waits.
 */
@WebServlet(urlPatterns = "/api/files/*", asyncSupported = true)
public class FileServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private static final System.Logger LOGGER = System.getLogger(FileServlet.class.getName());
    private static final Pattern ID = Pattern.compile("/[A-Za-z0-9_-]{1,64}");
    /** As long as one answer may take; a client goes on with a range. */
    private static final long TIMEOUT_MILLIS = 3_600_000;

    private static final int NOT_SATISFIABLE = 416;

    /** What browsers show by themselves without running anything of it. SVG and HTML are not among them. */
    private static final Set<String> HARMLESS =
            Set.of("image/png", "image/jpeg", "image/gif", "image/webp", "image/avif", "text/plain", "application/pdf");

    @Inject
    private transient Files files;

    @Inject
    private transient FilePool pool;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        answer(request, response, true);
    }

    @Override
    protected void doHead(HttpServletRequest request, HttpServletResponse response) throws IOException {
        answer(request, response, false);
    }

    private void answer(HttpServletRequest request, HttpServletResponse response, boolean withBody) throws IOException {
        if (!(Caller.authentication(request) instanceof Authenticated authenticated)) {
            Problem.of((Refused) Caller.authentication(request)).write(response);
            return;
        }
        try {
            answer(request, response, authenticated.identity(), withBody);
        } catch (RefusedException e) {
            Problem.of(e.code(), e.getMessage()).write(response);
        } catch (FileStoreUnavailableException | LogUnavailableException e) {
            Event.of("files-unavailable")
                    .with("request", Caller.correlation(request))
                    .with("reason", e.getMessage())
                    .warn(LOGGER);
            Problem.of(ErrorCode.UNAVAILABLE, "The store of files cannot be reached.")
                    .write(response);
        }
    }

    private void answer(HttpServletRequest request, HttpServletResponse response, Identity caller, boolean withBody)
            throws RefusedException, FileStoreUnavailableException, LogUnavailableException, IOException {
        String id = request.getPathInfo() == null ? "" : request.getPathInfo();
        if (!ID.matcher(id).matches()) {
            throw new RefusedException(ErrorCode.NO_FILE);
        }
        StoredFile file = files.visible(caller.user().id(), caller.access(), id.substring(1));
        String tag = "\"" + file.sha256() + "\"";
        describe(response, file, tag);
        if (matches(request.getHeader("If-None-Match"), tag)) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        // RFC 9110 section 14.2: a range counts for GET only.
        Optional<ByteRange> range = withBody ? range(request, file.size(), tag) : Optional.empty();
        if (range.isPresent()) {
            response.setHeader("Content-Range", range.get().contentRange(file.size()));
            response.setStatus(range.get().satisfiable() ? HttpServletResponse.SC_PARTIAL_CONTENT : NOT_SATISFIABLE);
        }
        ByteRange part = range.orElse(new ByteRange(0, file.size()));
        response.setContentLengthLong(part.length());
        if (withBody && part.length() > 0) {
            send(request, caller, file, part);
        }
    }

    private void send(HttpServletRequest request, Identity caller, StoredFile file, ByteRange part)
            throws RefusedException, FileStoreUnavailableException, LogUnavailableException, IOException {
        Download download = files.open(caller.user().id(), caller.access(), file.id(), part.first());
        AsyncContext context = request.startAsync();
        context.setTimeout(TIMEOUT_MILLIS);
        FileBody body = new FileBody(context, download, part.length(), pool);
        context.addListener(body);
        context.getResponse().getOutputStream().setWriteListener(body);
    }

    private static void describe(HttpServletResponse response, StoredFile file, String tag) {
        response.setHeader("ETag", tag);
        response.setHeader("Accept-Ranges", "bytes");
        response.setHeader("Cache-Control", "private, no-cache");
        response.setHeader("Content-Security-Policy", "default-src 'none'; sandbox");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Content-Disposition", ContentDisposition.attachment(file.name()));
        response.setContentType(harmless(file.type()));
    }

    static String harmless(String type) {
        boolean plays = type.startsWith("audio/") || type.startsWith("video/");
        return plays || HARMLESS.contains(type) ? type : "application/octet-stream";
    }

    /** RFC 9110 section 13.1.2: a weak comparison with any of the list. */
    private static boolean matches(String condition, String tag) {
        if (condition == null) {
            return false;
        }
        for (String one : condition.split(",")) {
            String stripped = one.strip();
            if (stripped.equals("*") || stripped.equals(tag) || stripped.equals("W/" + tag)) {
                return true;
            }
        }
        return false;
    }

    /** RFC 9110 section 13.1.5: with another tag than the file's, or a date, the range does not count. */
    private static Optional<ByteRange> range(HttpServletRequest request, long size, String tag) {
        String condition = request.getHeader("If-Range");
        return condition == null || condition.strip().equals(tag)
                ? ByteRange.of(request.getHeader("Range"), size)
                : Optional.empty();
    }
}
