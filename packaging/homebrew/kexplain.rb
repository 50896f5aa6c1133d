# The formula of Homebrew, for a tap. `brew update-python-resources kexplain` writes the resources of the libraries; a
# release fills in `sha256` (packaging/README.md).
class Kexplain < Formula
  include Language::Python::Virtualenv

  desc "Kubernetes manifest linter that explains terminology"
  homepage "https://github.com/kexplain/kexplain"
  url "https://github.com/kexplain/kexplain/releases/download/v0.1.0/kexplain-0.1.0.tar.gz"
  sha256 "0000000000000000000000000000000000000000000000000000000000000000"
  license "Apache-2.0"

  depends_on "libyaml"
  depends_on "python@3.13"

  def install
    virtualenv_install_with_resources
    generate_completions_from_executable(bin/"kexplain", shell_parameter_format: :click)
  end

  test do
    (testpath/"pod.yaml").write <<~YAML
      apiVersion: v1
      kind: Pod
      metadata:
        name: web
      spec:
        hostPID: true
        containers:
          - name: web
            image: registry.example/web:1.0.0
    YAML
    assert_match "[host-pid]", shell_output("#{bin}/kexplain lint -o concise pod.yaml", 1)
  end
end
