"""What Helm and kustomize make of a folder, led back to its files. Other programs are started only here."""
