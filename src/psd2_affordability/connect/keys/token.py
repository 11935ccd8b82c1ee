"""A private key that stays inside a hardware token, reached over PKCS #11."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any

from cryptography.hazmat.primitives.serialization import load_der_public_key

from psd2_affordability.connect.keys.algorithms import Algorithm, PublicKey, known_public_key, require_fit
from psd2_affordability.core.errors import CredentialsError

_CHECK = "Check the module, the token's label and the key's label, and that the token is there"


class TokenKey:
    """A key inside a token: data go in, signatures come out.

    Args:
        module: path of the token's PKCS #11 library.
        token: label of the token.
        label: label of the key, the same on its private and its public half.
        pin: of the token's user.

    Raises:
        CredentialsError: the optional library is not installed, or there is no such module, token,
            key or PIN.
    """

    def __init__(self, *, module: str, token: str, label: str, pin: str) -> None:
        self._where = f"key '{label}' on token '{token}'"
        self._pkcs11 = _library(self._where)
        self._one_at_a_time = Lock()
        with self._told():
            self._session = self._pkcs11.lib(module).get_token(token_label=token).open(user_pin=pin)
        try:
            with self._told():
                self._private = self._session.get_key(self._pkcs11.ObjectClass.PRIVATE_KEY, label=label)
                self._public = known_public_key(self._read_public(label), where=self._where)
        except CredentialsError:
            self._session.close()
            raise

    def __repr__(self) -> str:
        return f"TokenKey({self._where})"

    @property
    def public_key(self) -> PublicKey:
        """The public half, as it stands in the certificate."""
        return self._public

    def sign(self, data: bytes, algorithm: Algorithm) -> bytes:
        """Have the token sign data.

        Raises:
            CredentialsError: the key is of another kind than the algorithm, or the token refuses.
        """
        require_fit(self._public, algorithm, where=self._where)
        data, how = self._way(data, algorithm)
        with self._one_at_a_time, self._told():
            return bytes(self._private.sign(data, **how))

    def close(self) -> None:
        """Let go of the token."""
        with self._one_at_a_time:
            self._session.close()

    def _way(self, data: bytes, algorithm: Algorithm) -> tuple[bytes, dict[str, Any]]:
        """Say what the token gets and by which mechanism it signs."""
        mechanism = self._pkcs11.Mechanism
        name = algorithm.hash_name.upper()
        if algorithm is Algorithm.ECDSA_P256_SHA256:
            # Many tokens sign a hash only; made here, every token can.
            return hashlib.sha256(data).digest(), {"mechanism": mechanism.ECDSA}
        if algorithm.is_pss:
            size = hashlib.new(algorithm.hash_name).digest_size
            padding = (mechanism[name], self._pkcs11.MGF[name], size)
            return data, {"mechanism": mechanism[f"{name}_RSA_PKCS_PSS"], "mechanism_param": padding}
        return data, {"mechanism": mechanism[f"{name}_RSA_PKCS"]}

    def _read_public(self, label: str) -> object:
        kinds = self._pkcs11.KeyType
        public = self._session.get_key(self._pkcs11.ObjectClass.PUBLIC_KEY, label=label)
        if public.key_type == kinds.RSA:
            return load_der_public_key(self._pkcs11.util.rsa.encode_rsa_public_key(public))
        if public.key_type == kinds.EC:
            return load_der_public_key(self._pkcs11.util.ec.encode_ec_public_key(public))
        return None

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Say what the token refused; its own words may hold paths and labels, so they are left out."""
        errors = self._pkcs11.exceptions
        try:
            yield
        except (errors.PinIncorrect, errors.PinInvalid, errors.PinLenRange):
            do = "Check the PIN before trying again: a token locks itself after a few wrong ones"
            raise CredentialsError("the token refuses the PIN", where=self._where, do=do) from None
        except errors.PinLocked:
            do = "Unlock it with the token's own tool"
            raise CredentialsError("the token is locked", where=self._where, do=do) from None
        except errors.PKCS11Error as error:
            what = f"the token cannot be used ({type(error).__name__})"
            raise CredentialsError(what, where=self._where, do=_CHECK) from None


def _library(where: str) -> Any:
    try:
        import pkcs11
    except ImportError:
        raise CredentialsError(
            "keys on a token need the optional library python-pkcs11",
            where=where,
            do="Install psd2-affordability[pkcs11]",
        ) from None
    return pkcs11
