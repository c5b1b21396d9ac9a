//! What people copy by hand: slips, spare codes, check codes, passphrases,
//! points, codes of packets and experts. What is read is written to one
//! spelling, and that is read to the same.
#![no_main]
use libfuzzer_sys::fuzz_target;
use pingshen::base::points::{self, Points};
use pingshen::base::{CriterionId, Digest, ExpertCode, PacketCode, PublicKeys, Recipient, VerifyKey};
use pingshen::domain::packet::read_number;
use pingshen::formats::score_form::read_mark;
use pingshen::seal::{Identity, Passphrase, Secret, Slip};
use pingshen_fuzz::{came, refused, rubric, safe};

fuzz_target!(|typed: &str| {
    if let Some(slip) = came(Slip::parse(typed)) {
        assert_eq!(Slip::parse(&slip.to_string()).unwrap().recipient(), slip.recipient());
    }
    if let Some(secret) = came(Secret::from_spare(typed)) {
        assert_eq!(Secret::from_spare(&secret.spare()).unwrap().public(), secret.public());
    }
    if let Some(passphrase) = came(Passphrase::new(typed)) {
        if let Err(refusal) = passphrase.check_new() {
            refused(&refusal);
        }
    }
    if let Some(identity) = Identity::from_line(typed) {
        assert_eq!(identity.to_line().as_str(), typed.trim());
    }
    if let Ok(points) = Points::parse(typed) {
        assert_eq!(Points::parse(&points.to_string()), Ok(points));
        assert_eq!(Points::parse(&points.fixed(4)), Ok(points));
        assert!(points.units() >= 0);
    }
    let folded = points::fold(typed);
    assert_eq!(points::fold(&folded), folded, "folded twice");
    for criterion in rubric().criteria() {
        match read_mark(typed, rubric(), criterion) {
            Ok(Some(mark)) => assert_eq!(rubric().allows(criterion, mark), Ok(())),
            Ok(None) => assert!(folded.trim().is_empty()),
            Err(problem) => refused(&problem.into()),
        }
    }
    if let Some(number) = read_number(typed) {
        assert_eq!(read_number(&number.to_string()), Some(number));
    }
    let ids = [
        PacketCode::parse(typed).map(|code| code.to_string()),
        ExpertCode::parse(typed).map(|code| code.to_string()),
        CriterionId::parse(typed).map(|code| code.to_string()),
    ];
    for id in ids.into_iter().flatten() {
        safe(&id);
        assert!(id.chars().count() <= 32 && !id.contains(['/', '\\', '\n']), "{id:?}");
        // Case or width may be folded, once.
        assert!(PacketCode::parse(&id).is_none_or(|again| again.as_str() == id));
    }
    if let Some(digest) = Digest::parse(typed) {
        assert_eq!(digest.to_string(), typed);
    }
    if let Some(key) = VerifyKey::parse(typed) {
        assert_eq!(key.to_string(), typed);
    }
    if let Some(recipient) = Recipient::parse(typed) {
        assert_eq!(recipient.as_str(), typed);
        // One may not be encrypted to; none may stop the program.
        if let Ok(file) = pingshen::seal::envelope::encrypt(std::slice::from_ref(&recipient), b"x") {
            assert!(!file.is_empty());
        }
        let keys = PublicKeys { verify: VerifyKey::new([7; 32]), recipient };
        assert!(keys.check_code_is(&keys.check_code()));
    }
});
