package org.chatarchiver.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.util.stream.Collectors;
import org.chatarchiver.message.Printable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.util.MimeTypeUtils;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Whatever goes wrong with a request leaves as a problem detail (RFC 9457). */
@RestControllerAdvice
class ApiErrors extends ResponseEntityExceptionHandler {
    private static final MediaType CSV = MediaType.parseMediaType("text/csv");
    private static final Logger LOG = LoggerFactory.getLogger(ApiErrors.class);

    @Override
    protected ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException refused, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return answer(refused, sentence(refused.getCause()), headers, status, request);
    }

    /** Jackson's own messages quote the body and name our classes. */
    private static String sentence(Throwable cause) {
        if (cause instanceof UnrecognizedPropertyException unknown) {
            return "The body has a field " + Printable.of(unknown.getPropertyName())
                    + ", which is not known; known are "
                    + unknown.getKnownPropertyIds().stream()
                            .map(Object::toString)
                            .sorted()
                            .collect(Collectors.joining(", "))
                    + ".";
        }
        if (cause instanceof JsonMappingException wrong && !wrong.getPath().isEmpty()) {
            String field = wrong.getPath().get(0).getFieldName();
            return "The field " + Printable.of(String.valueOf(field)) + " has a value of the wrong kind; "
                    + "times are ISO 8601 with a zone, such as 2026-11-20T00:00:00Z.";
        }
        if (cause instanceof JsonProcessingException broken && broken.getLocation() != null) {
            return "The body is not the JSON object that is expected: line "
                    + broken.getLocation().getLineNr() + ", column "
                    + broken.getLocation().getColumnNr() + ".";
        }
        return "The body is not the JSON object that is expected.";
    }

    @Override
    protected ResponseEntity<Object> handleHttpMediaTypeNotSupported(
            HttpMediaTypeNotSupportedException refused,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        return answer(
                refused,
                (refused.getContentType() == null
                                ? "There is no Content-Type that can be read"
                                : "The Content-Type is '"
                                        + Printable.of(refused.getContentType().toString()) + "'")
                        + "; send "
                        + MimeTypeUtils.toString(refused.getSupportedMediaTypes()) + ".",
                headers,
                status,
                request);
    }

    @Override
    protected ResponseEntity<Object> handleHttpMediaTypeNotAcceptable(
            HttpMediaTypeNotAcceptableException refused,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        boolean csv = refused.getSupportedMediaTypes().stream().anyMatch(CSV::includes);
        return answer(
                refused,
                csv
                        ? "The answer is CSV; send Accept: text/csv, or none."
                        : "Answers are JSON; send Accept: application/json, or none.",
                headers,
                status,
                request);
    }

    /** Whatever the request accepts: else a refusal would leave without a word. */
    @Override
    protected ResponseEntity<Object> createResponseEntity(
            Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        HttpHeaders all = new HttpHeaders();
        all.putAll(headers);
        all.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        return super.createResponseEntity(body, all, status, request);
    }

    @Override
    protected ResponseEntity<Object> handleTypeMismatch(
            TypeMismatchException refused, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        String name = refused instanceof MethodArgumentTypeMismatchException argument
                ? argument.getName()
                : refused.getPropertyName();
        return answer(
                refused,
                "The parameter " + name + " is '" + Printable.of(String.valueOf(refused.getValue()))
                        + "'; give a whole number.",
                headers,
                status,
                request);
    }

    @Override
    protected ResponseEntity<Object> handleHandlerMethodValidationException(
            HandlerMethodValidationException refused, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        String sentences = refused.getParameterValidationResults().stream()
                .map(result -> "The parameter " + result.getMethodParameter().getParameterName() + " is '"
                        + Printable.of(String.valueOf(result.getArgument())) + "'; it "
                        + result.getResolvableErrors().get(0).getDefaultMessage() + ".")
                .collect(Collectors.joining(" "));
        return answer(refused, sentences, headers, status, request);
    }

    @ExceptionHandler
    ResponseEntity<Object> unexpected(Exception failure, WebRequest request) {
        LOG.error("A request to the API failed", failure);
        return answer(
                failure,
                "The request failed for a reason that stands in the archiver's log; mend that and send it again.",
                new HttpHeaders(),
                HttpStatus.INTERNAL_SERVER_ERROR,
                request);
    }

    private ResponseEntity<Object> answer(
            Exception cause, String sentence, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return handleExceptionInternal(
                cause, ProblemDetail.forStatusAndDetail(status, sentence), headers, status, request);
    }
}
