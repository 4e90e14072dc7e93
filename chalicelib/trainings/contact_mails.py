"""What goes to the new address of somebody whose contact details were corrected, and the mail of a certificate."""

from dataclasses import replace
from datetime import datetime

from chalicelib.kernel.files import PDF
from chalicelib.mail.model import AttachedFile, Message
from chalicelib.office.model import Office
from chalicelib.trainings.emails import to_person
from chalicelib.trainings.model import Certificate, Registration, Session


def mails_to_new_address(
    session: Session, registration: Registration, office: Office, at: datetime
) -> list[Message]:
    """The link of the registration, and the certificate where there is one."""
    link = to_person("trainings/fresh_link", session, registration, office, at)
    made = registration.certificate
    return [link, certificate_mail(session, registration, office, made, at)] if made else [link]


def certificate_mail(
    session: Session, registration: Registration, office: Office, made: Certificate, at: datetime
) -> Message:
    """The certificate of who came, with the PDF."""
    kind = "certificat" if session.plan.is_training_action else "attestation"
    mail = to_person("trainings/certificate", session, registration, office, at)
    return replace(mail, attachments=(AttachedFile(made.key, f"{registration.reference}-{kind}.pdf", PDF),))
