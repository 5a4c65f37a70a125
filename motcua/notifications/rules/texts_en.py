"""The words that ship, in English: kind -> subject, long text, short text."""

TEXTS_EN: dict[str, tuple[str, str, str]] = {
    "received": (
        "Application {code} received",
        "Your application {code} has been received. Result due on: {due}.\n"
        "Follow it at: {link}\nReceived by: {office}",
        "Application {code} received. Result due {due}. Follow it: {link}",
    ),
    "received_fee": (
        "Application {code} received, {amount} to pay",
        "Your application {code} has been received. Result due on: {due}.\nFee to pay: {amount}. Pay at: {pay}\n"
        "Follow it at: {link}\nReceived by: {office}",
        "Application {code} received. Result due {due}. Please pay {amount}: {pay}",
    ),
    "submitted": (
        "Online application {code} noted",
        "Your online application {code} has been noted and waits to be checked. Follow it at: {link}",
        "Online application {code} waits to be checked. Follow it: {link}",
    ),
    "submitted_fee": (
        "Online application {code} noted, {amount} to pay",
        "Your online application {code} has been noted and waits to be checked.\n"
        "Fee by what you stated: {amount}. You can pay now at: {pay}\n"
        "The office checks your application even while the fee is unpaid. Follow it at: {link}",
        "Online application {code} waits to be checked. Please pay {amount}: {pay}",
    ),
    "draft_expiring": (
        "Your unfinished application will be deleted on {due}",
        "The application that you began online (procedure {code}) has not been submitted and will be deleted on {due}. "
        "Open it and change something to keep it, or submit it at: {link}",
        "Unfinished application (procedure {code}) will be deleted on {due}. Continue: {link}",
    ),
    "accepted": (
        "Application {code} accepted",
        "Your application {code} has been checked and accepted. Result due on: {due}.\nFollow it at: {link}",
        "Application {code} accepted. Result due {due}. Follow it: {link}",
    ),
    "accepted_fee": (
        "Application {code} accepted, {amount} to pay",
        "Your application {code} has been checked and accepted. Result due on: {due}.\n"
        "Fee to pay: {amount}. Pay at: {pay}\nFollow it at: {link}",
        "Application {code} accepted. Result due {due}. Please pay {amount}: {pay}",
    ),
    "accepted_changed": (
        "Application {code} accepted, fee computed anew",
        "Your application {code} has been checked and accepted. Result due on: {due}.\n"
        "The fee is not the one of when you applied: {reason}. Still to pay: {amount}. Pay at: {pay}\nFollow it at: {link}",
        "Application {code} accepted. Result due {due}. Fee computed anew: {reason}. Still to pay {amount}: {pay}",
    ),
    "accepted_unexempt": (
        "Application {code} accepted, without the exemption asked for",
        "Your application {code} has been checked and accepted. Result due on: {due}.\n"
        "The fee exemption or reduction that you asked for was not given. Reason: {reason}\nFee to pay: {amount}. "
        "Pay at: {pay}\nIf you do not agree, write to the office at: {link}",
        "Application {code} accepted. Result due {due}. Fee not exempted: {reason}. Please pay {amount}: {pay}",
    ),
    "supplement_needed": (
        "Application {code} needs something more",
        "Your application {code} must be completed or corrected. See what is needed at: {link}\nUntil: {due}.",
        "Application {code} must be completed. See: {link}",
    ),
    "not_accepted": (
        "Application {code} not accepted yet",
        "Your application {code} cannot be accepted yet. See the reason and what to do at: {link}",
        "Application {code} not accepted. See the reason: {link}",
    ),
    "obligation": (
        "Application {code}: payment due to the State",
        "There is a notice of payment for your application {code}. The time limit stands still until it is paid. "
        "See: {link}",
        "Application {code} has a notice of payment. See: {link}",
    ),
    "fee_due": (
        "Application {code}: fee to pay",
        "There is a fee of {amount} to pay for your application {code}. See and pay at: {link}",
        "Application {code}: {amount} to pay. See: {link}",
    ),
    "paid": (
        "Payment for application {code} received",
        "We received {amount} for your application {code}. Receipt and progress: {link}",
        "{amount} received for application {code}. See: {link}",
    ),
    "fee_changed": (
        "Fee of application {code} computed anew",
        "The fee of your application {code} was computed anew: {reason}. Still to pay: {amount}. See and pay at: {pay}\n"
        "Follow it at: {link}",
        "Fee of application {code} computed anew: {reason}. Still to pay {amount}: {pay}",
    ),
    "fee_cancelled": (
        "The fee of application {code} is no longer to be paid",
        "You need not pay {amount} for your application {code} any more. Reason: {reason}.\n"
        "Do not pay by an earlier QR code or link; money paid by mistake is given back. See: {link}",
        "You need not pay {amount} for application {code} any more: {reason}. Do not use the old QR code. See: {link}",
    ),
    "refund_due": (
        "You get back {amount} for application {code}",
        "You get back {amount} of the fee paid for your application {code}. Reason: {reason}.\n"
        "The office decides on it and pays it back the way you paid, or at: {office}. Follow it at: {link}",
        "You get back {amount} for application {code}: {reason}. Follow it: {link}",
    ),
    "refunded": (
        "{amount} of application {code} given back",
        "{amount} of the fee for your application {code} has been given back. See: {link}",
        "{amount} given back for application {code}. See: {link}",
    ),
    "apology": (
        "Apology and new date for application {code}",
        "We apologise: the result of your application {code} is late. New date: {due}.\nSee: {link}",
        "We apologise: application {code} is late. New date: {due}. See: {link}",
    ),
    "correction": (
        "Apology and correction of the result of application {code}",
        "The result of your application {code} holds an error of ours. We apologise and will give you the right one by {due}, free of charge. "
        "You need not file again.\nSee: {link}",
        "We apologise: the result of application {code} holds an error. The right one comes by {due}, free. See: {link}",
    ),
    "ready": (
        "Result of application {code} is ready",
        "The result of your application {code} is ready. Bring your receipt slip and identity card to: {office}.\n"
        "See: {link}",
        "Result of application {code} is ready at {office}. See: {link}",
    ),
    "ready_online": (
        "Electronic result of application {code}",
        "The result of your application {code} is ready. The signed electronic paper is in your store; you need not come.\n"
        "Download it at: {link}",
        "Application {code}: the electronic result is ready, no need to come. Download: {link}",
    ),
    "refused": (
        "Application {code} refused",
        "Your application {code} does not meet the conditions. See the answer and its reason at: {link}",
        "Application {code} refused. See the reason: {link}",
    ),
    "stopped": (
        "Application {code} stopped",
        "Work on your application {code} has stopped. See why and how to apply again at: {link}",
        "Application {code} stopped. See why: {link}",
    ),
    "withdrawn": (
        "Application {code} withdrawn",
        "Your application {code} was withdrawn as you asked. Your papers wait at: {office}.\nSee: {link}",
        "Application {code} withdrawn as asked. See: {link}",
    ),
    "returned": (
        "Result of application {code} handed over",
        "The result of your application {code} has been handed over. See how it went at: {link}\n"
        "Rate the service (officers cannot see who did): {rate}",
        "Result of application {code} handed over. Rate the service: {rate}",
    ),
    "came_back": (
        "The post returned the result of application {code}",
        "The post could not deliver the result of your application {code} and brought it back. It is kept at: {office}. "
        "Bring your receipt and identity document to collect it, or contact the office to have it sent again.\nSee: {link}",
        "The post returned the result of application {code}. Collect it at {office} or ask to have it sent again. See: {link}",
    ),
    "message": (
        "A message about application {code}",
        "The office sent you a message about your application {code}. Read and answer it at: {link}",
        "The office wrote about application {code}. Read and answer: {link}",
    ),
    "survey": (
        "How did we do with application {code}?",
        "Your application {code} is finished. Please tell us how satisfied you are: {link}\n"
        "Officers cannot see who answered. No more invitations: {stop}",
        "Please rate how application {code} went: {link} Stop: {stop}",
    ),
    "news": (
        "{headline}",
        "{headline}\nRead it at: {link}\nNo more news: {stop}",
        "{headline} Read: {link} Stop: {stop}",
    ),
    "acceptance_unseen": (
        "Nobody has opened submission {code}",
        "Nobody at {office} has opened the online submission {code} yet. Answer due: {due}.\nOpen it here: {link}",
        "Nobody has opened {code}. Answer due: {due}. Open: {link}",
    ),
    "acceptance_late": (
        "Submission {code} is overdue for acceptance",
        "The online submission {code} at {office} should have been answered by {due} and was not.\nOpen it here: {link}",
        "Submission {code} was due {due}. Open: {link}",
    ),
    "report_due": (
        "Report due soon: {code}",
        "Your unit has not sent the report {code} to {office} yet. Due: {due}.\nOpen it here: {link}",
        "Report {code} is due {due}. Open: {link}",
    ),
    "report_late": (
        "Report overdue: {code}",
        "Your unit has not sent the report {code} to {office}; it was due {due}.\nOpen it here: {link}",
        "Report {code} was due {due}. Open: {link}",
    ),
    "sign_in_code": (
        "Your sign-in code",
        "Your sign-in code for public services is {pin}. It works for {minutes} minutes. "
        "Give it to nobody, not even to an officer. If you did not ask for it, ignore this message.",
        "{pin} is your sign-in code for public services, good for {minutes} minutes. Give it to nobody, not even an officer.",
    ),
    "assist_code": (
        "Code to agree that somebody files for you",
        "{pin} is the code by which you agree that {office} files online for you and fills in what your account knows. It works for "
        "{minutes} minutes. Read it only to the person who sits with you. If you asked nobody, ignore this message.",
        "{pin}: you agree that {office} files for you, with what your account knows ({minutes} min). Read it only to who sits with you.",
    ),
    "invited": (
        "Invitation to act for {headline}",
        "{headline} invites you to act for it in public services. Sign in with this phone number or e-mail to answer: {link}",
        "{headline} invites you to act for it. Sign in to answer: {link}",
    ),
    "assisted": (
        "An officer is filing for you",
        "{office} is filing an application for you as you agreed. Sign in with this phone number to take it over: {link}\n"
        "If you did not ask for this, tell the office at once.",
        "{office} is filing for you. Sign in to take it over: {link} If you did not ask for this, tell the office.",
    ),
    # Feedback (phản ánh, kiến nghị)
    "feedback_confirm": (
        "Confirmation number: {code}",
        "Your confirmation number is {code}; it is good for 30 minutes. If you sent no feedback, ignore this letter.\n{office}",
        "Confirmation number of your feedback: {code}, good for 30 minutes.",
    ),
    "feedback_received": (
        "Feedback {code} received",
        "{office} has received your feedback {code}. Answer due: {due}. Follow it with code and secret at: {link}",
        "Feedback {code} received. Answer due {due}. Follow: {link}",
    ),
    "feedback_declined": (
        "Feedback {code} was not accepted",
        "Your feedback {code} was not accepted. Read why, and where to turn, at: {link}\n{office}",
        "Feedback {code} was not accepted. Read why: {link}",
    ),
    "feedback_clarify": (
        "A question about feedback {code}",
        "{office} has a question about your feedback {code}. Read and answer it at: {link}",
        "A question about feedback {code}: {link}",
    ),
    "feedback_transferred": (
        "Feedback {code} was passed on",
        "Your feedback {code} was passed on to the competent agency. See which at: {link}\n{office}",
        "Feedback {code} was passed on: {link}",
    ),
    "feedback_extended": (
        "More time for feedback {code}",
        "{office} needs more time for your feedback {code}. New due date: {due}. Read why at: {link}",
        "More time for feedback {code}, until {due}: {link}",
    ),
    "feedback_answered": (
        "Feedback {code} answered",
        "{office} has answered your feedback {code}. Read the answer and tell us whether it satisfies you at: {link}",
        "Feedback {code} answered. Read and rate: {link}",
    ),
    "privacy_received": (
        "Request {code} received",
        "{office} has received your request {code} about personal data. Answer due: {due}. See: {link}",
        "Request {code} about personal data received. Answer due {due}.",
    ),
    "privacy_answered": (
        "Request {code} answered",
        "{office} has answered your request {code} about personal data. Read the answer at: {link} or ask at the one-stop office.",
        "Request {code} about personal data answered: {link}",
    ),
    "test": (
        "Test from {office}",
        "This is a test message from {office}. Nothing needs to be done.",
        "Test message from {office}. Nothing to do.",
    ),
}
