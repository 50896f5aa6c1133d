"""Facts about an object as a whole are read from its tree, which stays as it is."""

from support import annotate

from kexplain.syntax.source import Source

SPREAD = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    metadata: {labels: {app: web}}
    spec:
      topologySpreadConstraints: [{maxSkew: 1}]
      affinity:
        podAntiAffinity:
          requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: a}]
          preferredDuringSchedulingIgnoredDuringExecution: [{weight: 1, podAffinityTerm: {topologyKey: b}}]
"""


def test_looking_for_a_spread_adds_nothing_to_the_list_of_constraints() -> None:
    (file,) = annotate([Source("x.yaml", SPREAD)])
    paths = [a.field_path for a in file.objects[0].annotations]
    assert "spec.template.spec.topologySpreadConstraints[0].maxSkew" in paths
    assert not any("topologySpreadConstraints[1]" in path for path in paths)
