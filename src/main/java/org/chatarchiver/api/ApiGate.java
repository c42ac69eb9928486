package org.chatarchiver.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.chatarchiver.message.Printable;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Refuses, before anything is done, a request that is not meant as it would be taken: one whose body is no JSON, one that takes no JSON
 * for an answer, and one with a parameter that is misspelt, or there twice.
 */
final class ApiGate implements HandlerInterceptor {
    private static final Set<String> READS = Set.of("GET", "HEAD");

    private final DefaultParameterNameDiscoverer names = new DefaultParameterNameDiscoverer();

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws Exception {
        if (handler instanceof HandlerMethod method) {
            requireJsonBody(request, method);
            if (!answersOtherwise(method)) {
                requireJsonAnswer(request);
            }
            requireKnownParameters(request, method);
        }
        return true;
    }

    private static void requireJsonBody(HttpServletRequest request, HandlerMethod method)
            throws HttpMediaTypeNotSupportedException {
        RequestMapping mapping = AnnotatedElementUtils.findMergedAnnotation(method.getMethod(), RequestMapping.class);
        boolean ownType = mapping != null && mapping.consumes().length > 0;
        if (READS.contains(request.getMethod()) || ownType || !hasBodyOrType(request)) {
            return;
        }
        List<MediaType> json = List.of(MediaType.APPLICATION_JSON);
        MediaType type;
        try {
            type = request.getContentType() == null ? null : MediaType.parseMediaType(request.getContentType());
        } catch (InvalidMediaTypeException e) {
            throw new HttpMediaTypeNotSupportedException((MediaType) null, json);
        }
        if (type == null || !MediaType.APPLICATION_JSON.includes(type)) {
            throw new HttpMediaTypeNotSupportedException(type, json);
        }
    }

    /** What it accepts has been held against that. */
    private static boolean answersOtherwise(HandlerMethod method) {
        RequestMapping mapping = AnnotatedElementUtils.findMergedAnnotation(method.getMethod(), RequestMapping.class);
        return mapping != null && mapping.produces().length > 0;
    }

    private static boolean hasBodyOrType(HttpServletRequest request) {
        return request.getContentLengthLong() > 0
                || request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null
                || request.getContentType() != null;
    }

    private static void requireJsonAnswer(HttpServletRequest request) throws HttpMediaTypeNotAcceptableException {
        List<String> accept = Collections.list(request.getHeaders(HttpHeaders.ACCEPT));
        if (accept.isEmpty()) {
            return;
        }
        List<MediaType> types;
        try {
            types = MediaType.parseMediaTypes(accept);
        } catch (InvalidMediaTypeException e) {
            throw new HttpMediaTypeNotAcceptableException(List.of(MediaType.APPLICATION_JSON));
        }
        boolean json = types.stream()
                .filter(type -> type.getQualityValue() > 0)
                .anyMatch(type -> type.includes(MediaType.APPLICATION_JSON));
        if (!json) {
            throw new HttpMediaTypeNotAcceptableException(List.of(MediaType.APPLICATION_JSON));
        }
    }

    private void requireKnownParameters(HttpServletRequest request, HandlerMethod method) {
        Set<String> known = Arrays.stream(method.getMethodParameters())
                .filter(parameter -> parameter.hasParameterAnnotation(RequestParam.class))
                .map(this::name)
                .collect(Collectors.toCollection(TreeSet::new));
        for (Map.Entry<String, String[]> parameter : request.getParameterMap().entrySet()) {
            String name = Printable.quoted(parameter.getKey());
            if (!known.contains(parameter.getKey())) {
                throw Refusal.badRequest("The parameter " + name + " is not known here; "
                        + (known.isEmpty() ? "there is none." : "known are " + String.join(", ", known) + "."));
            }
            if (parameter.getValue().length > 1) {
                throw Refusal.badRequest(
                        "The parameter " + name + " is there " + parameter.getValue().length + " times; give it once.");
            }
        }
    }

    private String name(MethodParameter parameter) {
        parameter.initParameterNameDiscovery(names);
        RequestParam annotation = parameter.getParameterAnnotation(RequestParam.class);
        return annotation == null || annotation.name().isEmpty() ? parameter.getParameterName() : annotation.name();
    }
}
