package dev.segue.bpmn.engine.zeebe;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** HTTP clients that trust what the engine's settings say. */
final class TrustedHttp {

  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);

  private TrustedHttp() {}

  /** Trusts only the given authorities, or the system's if there are none. */
  static HttpClient only(@Nullable Path caCertificate) {
    return client(caCertificate, false);
  }

  /** Trusts the system's authorities as well: token servers are often public. */
  static HttpClient also(@Nullable Path caCertificate) {
    return client(caCertificate, true);
  }

  private static HttpClient client(@Nullable Path caCertificate, boolean system) {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .connectTimeout(CONNECT_LIMIT)
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER);
    if (caCertificate != null) {
      builder.sslContext(context(caCertificate, system));
    }
    return builder.build();
  }

  private static SSLContext context(Path caCertificate, boolean system) {
    try (InputStream pem = Files.newInputStream(caCertificate)) {
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      int count = 0;
      for (Certificate ca : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
        trusted.setCertificateEntry("ca-" + count++, ca);
      }
      if (count == 0) {
        throw unusable(caCertificate, null);
      }
      if (system) {
        for (X509Certificate ca : systemAuthorities()) {
          trusted.setCertificateEntry("system-" + count++, ca);
        }
      }
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers(trusted), null);
      return context;
    } catch (IOException | GeneralSecurityException failure) {
      throw unusable(caCertificate, failure);
    }
  }

  private static X509Certificate[] systemAuthorities() throws GeneralSecurityException {
    for (TrustManager manager : managers(null)) {
      if (manager instanceof X509TrustManager x509) {
        return x509.getAcceptedIssuers();
      }
    }
    return new X509Certificate[0];
  }

  private static TrustManager[] managers(@Nullable KeyStore trusted)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trusted);
    return factory.getTrustManagers();
  }

  private static IllegalArgumentException unusable(Path file, @Nullable Throwable cause) {
    return new IllegalArgumentException(
        "the engine's CA certificate %s can't be used: it must be a readable PEM file with at least one certificate"
            .formatted(file),
        cause);
  }
}
