package org.chatarchiver.observation;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.chatarchiver.security.NamedBundles;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** OpenTelemetry, where it is asked for: of the many spans that may wait for their collector some thousands are kept, the rest is dropped. */
@Configuration(proxyBeanMethods = false)
@Conditional(TracingAsked.class)
class TracingConfiguration {
    private static final int MOST_WAITING = 4_096;

    @Bean
    PageIds pageIds() {
        return new PageIds();
    }

    @Bean
    SdkTracerProvider tracerProvider(TracingProperties tracing, PageIds ids, SslBundles bundles) {
        return SdkTracerProvider.builder()
                .setResource(Resource.create(Attributes.of(AttributeKey.stringKey("service.name"), "chat-archiver")))
                .setIdGenerator(ids)
                // By the trace's id, and so the same for all spans of a page wherever they are made.
                .setSampler(Sampler.traceIdRatioBased(tracing.sampling()))
                .addSpanProcessor(BatchSpanProcessor.builder(new TellingExporter(exporter(tracing, bundles)))
                        .setMaxQueueSize(MOST_WAITING)
                        .setExporterTimeout(tracing.timeout())
                        .build())
                .build();
    }

    @Bean
    WorkSpans workSpans(SdkTracerProvider provider, PageIds ids, Environment environment) {
        // Of a package above this one, where it is checked.
        String transport = environment.getProperty("archiver.exchange.transport", "imap");
        return new WorkSpans(provider.get("chat-archiver"), ids, transport);
    }

    private static OtlpHttpSpanExporter exporter(TracingProperties tracing, SslBundles bundles) {
        OtlpHttpSpanExporterBuilder exporter = OtlpHttpSpanExporter.builder()
                .setEndpoint(tracing.endpoint())
                .setCompression("gzip")
                .setConnectTimeout(tracing.timeout())
                .setTimeout(tracing.timeout());
        if (!tracing.authorization().isEmpty()) {
            exporter.addHeader("Authorization", tracing.authorization());
        }
        if (!tracing.sslBundle().isEmpty()) {
            SslBundle bundle = NamedBundles.find(bundles, "archiver.tracing.ssl-bundle", tracing.sslBundle());
            exporter.setSslContext(bundle.createSslContext(), trusted(bundle));
        }
        return exporter.build();
    }

    private static X509TrustManager trusted(SslBundle bundle) {
        for (TrustManager manager : bundle.getManagers().getTrustManagers()) {
            if (manager instanceof X509TrustManager certificates) {
                return certificates;
            }
        }
        throw new IllegalStateException("A bundle trusts certificates");
    }
}
