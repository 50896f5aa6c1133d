"""Functions that Kubernetes adds to CEL: what its documentation says they give, by the library of kexplain[cel]."""

import pytest

from kexplain.objects.cel import holds
from kexplain.objects.cel_library import prepared

pytest.importorskip("cel_expr_python", reason="kexplain[cel] is not installed")

TRUE = """\
quantity('1Gi').isGreaterThan(quantity('500Mi'))
quantity('50k').add(20) == quantity('50020')
quantity('50k').sub(quantity('20000')) == quantity('30k')
quantity('200M').compareTo(quantity('0.2G'))==0
isQuantity('1.3Gi') && !isQuantity('1.3GB')
quantity('50000000G').isInteger()
!(quantity('9999999999999999999999999999999999999G').isInteger())
quantity('50k').asInteger() == 50000
quantity('-50k').sign() == -1
quantity('1.5').asApproximateFloat() == 1.5
url('https://example.com:80/').getScheme() == 'https'
url('/path').getScheme() == ''
url('https://example.com:80/').getHost() == 'example.com:80'
url('https://[::1]:80/').getHost() == '[::1]:80'
url('https://[::1]:80/').getHostname() == '::1'
url('https://example.com/').getPort() == ''
url('https://example.com:80/').getPort() == '80'
url('https://example.com/path%20a/').getEscapedPath() == '/path%20a/'
url('https://example.com/path?k1=a&k2=b&k1=c').getQuery()['k1'] == ['a','c']
isURL('https://user:pass@example.com:80/path?query=val')
isURL('/absolute-path')
!(isURL('https://a:b:c/'))
!(isURL('../relative-path'))
isIP('127.0.0.1')
isIP('::1')
!(isIP('127.0.0.256'))
!(isIP('::ffff:1.2.3.4'))
ip('127.0.0.1').isLoopback()
ip('::1').family() == 6
!(ip.isCanonical('2001:DB8::ABCD'))
ip.isCanonical('2001:db8::abcd')
ip('169.254.169.254').isLinkLocalUnicast()
ip('224.0.0.1').isLinkLocalMulticast()
ip('192.168.0.1').isGlobalUnicast()
!(ip('255.255.255.255').isGlobalUnicast())
ip('::').isUnspecified()
isCIDR('192.168.0.0/24')
!(isCIDR('192.168.0.0/33'))
!(isCIDR('192.168.0.1'))
cidr('192.168.0.0/24').containsIP(ip('192.168.0.1'))
!(cidr('192.168.0.0/24').containsIP('192.168.1.1'))
cidr('192.168.0.0/16').containsCIDR('192.168.10.0/24')
!(cidr('192.168.0.0/16').containsCIDR(cidr('192.0.0.0/8')))
cidr('192.168.0.1/24').ip() == ip('192.168.0.1')
cidr('192.168.0.1/24').masked() == cidr('192.168.0.0/24')
cidr('192.168.0.0/24').prefixLength() == 24
semver('1.2.3').isLessThan(semver('1.2.4'))
semver('1.0.0-alpha').isLessThan(semver('1.0.0'))
semver('1.2.3').compareTo(semver('1.2.3')) == 0
!(isSemver('v1.0'))
isSemver('v1.0', true)
!(isSemver('200K'))
semver('v01.01', true).minor() == 1
semver('1.2.3').major() == 1 && semver('1.2.3').patch() == 3
!(isSemver('1.2.3-01'))
!format.dns1123Label().validate('my-label-name').hasValue()
format.dns1123Label().validate('My.Name').hasValue()
!format.dns1123Subdomain().validate('apiextensions.k8s.io').hasValue()
!format.qualifiedName().validate('apiextensions.k8s.io/v1beta1').hasValue()
!format.dns1123LabelPrefix().validate('my-label-prefix-').hasValue()
!format.labelValue().validate('').hasValue()
!format.uri().validate('http://example.com').hasValue()
!format.uuid().validate('123e4567-e89b-12d3-a456-426614174000').hasValue()
!format.byte().validate('aGVsbG8=').hasValue()
!format.date().validate('2021-01-01').hasValue()
!format.datetime().validate('2021-01-01T00:00:00Z').hasValue()
!(!format.dns1035Label().validate('1a').hasValue())
format.dns1123Label().validate('A').value().size() == 1
format.dns1123Label().validate('a').orValue([]).size() == 0
'abc 123'.find('[0-9]+') == '123'
'abc 123'.find('xyz') == ''
'123 abc 456'.findAll('[0-9]+') == ['123','456']
'123 abc 456'.findAll('[0-9]+', 1) == ['123']
'123 abc 456'.findAll('xyz') == []
[1,2,3].isSorted()
!(['a','c','b'].isSorted())
!([2.0,1.0].isSorted())
[1,3].sum() == 4
[1.0,3.0].sum() == 4.0
[].sum() == 0
[1,3].min() == 1
['a','z'].max() == 'z'
[1,2,2,3].indexOf(2) == 1
['a','b','b'].lastIndexOf('b') == 2
[1.0].indexOf(1.1) == -1
'tacocat'.indexOf('ac') == 1
'hello mellow'.indexOf('ello', 2) == 7
'hello mellow'.lastIndexOf('ello') == 7
'hello mellow'.lastIndexOf('ello', 6) == 1
sets.contains([1,2],[2]) && sets.equivalent([1,1],[1]) && !sets.intersects([1],[2])
'HELLO'.lowerAscii() == 'hello' && 'a-b'.split('-') == ['a','b'] && '  x '.trim() == 'x' && 'abc'.substring(1,2) == 'b' && 'abc'.charAt(1) == 'b' && ['a','b'].join('-') == 'a-b' && 'aa'.upperAscii() == 'AA'
cel.bind(x, 'a', x + x == 'aa')
math.greatest(1,2) == 2
self.?a.hasValue() && self.?b.orValue('x') == 'x' && self.a.indexOf('z') == 2
"""
NOT_TOLD = """\
quantity('1.3GB') == quantity('1')
url('https://example.com/path with spaces/').getHost() == ''
[].min() == 1
'aaaa'.find('(a+)+$') == 'aaaa'
ip('::ffff:1.2.3.4').family() == 4
quantity('1.5').asInteger() == 1
string(ip('::1')) == '::1'
format.named('no such').validate('a').hasValue()
"""


@pytest.mark.parametrize("expression", TRUE.splitlines())
def test_a_function_gives_what_kubernetes_says(expression: str) -> None:
    assert holds(expression, {"a": "xyz", "l": [1]}) is True


@pytest.mark.parametrize("expression", NOT_TOLD.splitlines())
def test_what_fails_or_is_not_known_is_not_told(expression: str) -> None:
    assert holds(expression, {}) is None


def test_only_the_names_that_must_be_are_changed() -> None:
    assert prepared("self.indexOf == 'a.indexOf(' && a.indexOf('b') > 0") == (
        "self.indexOf == 'a.indexOf(' && a.indexOf_('b') > 0"
    )
    assert (
        prepared("f.validate(g(a)).hasValue() && a.?b.hasValue()") == "f.validate(g(a)).hasValue_() && a.?b.hasValue()"
    )
    assert prepared("'a") == "'a"
