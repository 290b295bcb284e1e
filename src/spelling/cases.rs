//! Texts, and the words of them that are misspelt.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::Speller;

static SPELLER: LazyLock<Speller> =
    LazyLock::new(|| Speller::bundled().expect("the lists are well formed"));

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let names = BTreeSet::from(["zuckerbrodt".to_owned()]);
    let found = SPELLER.misspelt(text, &names);
    let words: Vec<String> =
        found.iter().map(|range| text[range.clone()].to_owned()).collect();
    assert_eq!(words, expected, "{text}");
}

fn words_near(speller: &Speller, word: &str) -> Vec<String> {
    speller.near(word, 0..word.len()).words
}

#[test]
fn slips_are_found_where_they_stand() {
    check("", &[]);
    check("Inital defecits, Tramdol.", &["Inital", "defecits", "Tramdol"]);
    check("pain.Teh knee", &["Teh"]);
    check("é “recieved” it’s radiculopaty’s", &["recieved", "radiculopaty"]);
    check(
        "diazempam ophenadrine methylpredniosone lacinating",
        &["diazempam", "ophenadrine", "methylpredniosone", "lacinating"],
    );
    check("xioi, bevacizumab-wthout, graft-wthe", &["xioi", "wthout", "wthe"]);
    check("post-operativ and electro-diagnostik", &["operativ", "diagnostik"]);
    check("MEDICCALLY", &["MEDICCALLY"]);
    check("The documen-tation of lum-bar pain", &["documen-tation", "lum-bar"]);
}

#[test]
fn what_the_trade_writes_is_right() {
    for text in [
        "The claimant's Tinel's, Spurling's and Phalen’s signs; the patients' and workers' own",
        "s/p fusion, w/o relief, and/or c/o n/v, b.i.d., p.r.n., q.i.d., e.g. and i.e.",
        "L4-5, C5-C6, 7.5mg, 10/325, 3-month, x-rays, #30, T12-L1, 58yo",
        "MRI, MRIs, NSAIDs, ESI's, EMG/NCV, TENS, MTUS, ODG, ACOEM, MAXIMUS",
        "stage iv, type III, grade ii, stage IIb, anti-Xa",
        "5 mcg/kg, 120 mmHg, 3 mg/dL, 60 bpm",
        "Electrodiagnostic, paraspinal, paravertebral, transforaminal, cervicothoracic, \
            microdiscectomy",
        "Norco, Percocet, LidoPro, Terocin, Menthoderm, Cyclobenzaprine, orphenadrine, Tramadol",
        "nonindustrial, pre- and post-operative, thoraco-lumbar, post-laminectomy, C-arm",
        "seen by Dr. Wrzlbrnft; Wrzlbrnft et al. found; Wrzlbrnft, M.D.",
        "(Wrzlbrnft, 2006) (Colorado, 2002; Wrzlbrnft-Brnft, 2006), Wrzlbrnft D, Brnft KL. Spine",
        "Zuckerbrodt of www.wrzl.brnft and wrzl@brnft, https://wrzl.example/brnft, \
            wrzl.org/brnft",
    ] {
        check(text, &[]);
    }
}

#[test]
fn names_of_all_of_medicine_are_right() {
    for text in [
        "bevacizumab-awwb, abeparvovec-xioi, epoetin alfa-epbx, insulin glargine-yfgn",
        "Surg Obes Relat Dis; Horm Res Paediatr; 50 Gy, 7.4 GBq, 18 mU/min, SUVmax 34",
        "nulligravid, coprimary, perometry, harvestable, Greulich, vipivotide, TTFields",
        "Ocrevus, Skyrizi, Trelegy, Leqembi, Hyalgan, OxyContin and skyrizi",
        "ureteroscopy, hysterosalpingography, dacryocystorhinostomy, apicoectomies",
        "elastography, uroflowmetry, FibroScan and Cologuard",
        "Mohs, Ponseti, Billroth, Kanavel's signs and an Ilizarov frame",
        "The Wrzlbrnft test, Wrzlbrnft's sign; scalenectomy, labrectomy, tuberoplasty",
        "noninvasively, suboccipital, radiocapitellar, MITRACLIP, laminectomies",
        "dyslipidemic, thrombocytopenic, masseters, laparoscopically, peripheralizations",
        "unstented, unreconstructed, recasted, stepdown",
        "rWRZL, WrzlStim, BrnftFlex, LipiFlow, OnabotulinumtoxinA, onabotulinumtoxinA",
        "rTMS, mJOA, vHIT, aPTT and eGFRs, cfDNA, Zanca views, Lapiplasty, Inogen, lutein",
        "Sjo\u{308}gren's disease in a cafe\u{301}",
        "He was dx'd and tx\u{2019}d. THE REVIEWER'S RATIONALE",
        "soravtansine-wrzl, deruxtecan-wrzl, tebentafusp-wrzl",
        "Wrzlbrnft-Brnft IM, Brnft J, and van Brnft KL found; Wrzlbrnft and colleagues",
    ] {
        check(text, &[]);
    }
    check(
        "Trendelenberg sign, Finkelstien's test, bursaectomy, colonscopy",
        &["Trendelenberg", "Finkelstien", "bursaectomy", "colonscopy"],
    );
    check("The tumour of the oesophagus", &["tumour", "oesophagus"]);
    check("Mri of the spine, aMRI, mRI, monday", &["Mri", "aMRI", "mRI", "monday"]);
    check("LumbarSpine, KneeBrace, tHE", &["LumbarSpine", "KneeBrace", "tHE"]);
    check(
        "diagnotic, perviously, recuring, myofacial, hydrocodon, publically, furnitures",
        &[
            "diagnotic",
            "perviously",
            "recuring",
            "myofacial",
            "hydrocodon",
            "publically",
            "furnitures",
        ],
    );
    check("unpatient, unstble", &["unpatient", "unstble"]);
}

#[test]
fn a_slip_is_told_from_a_word_that_is_like_no_other() {
    let mut wrong = Vec::new();
    let mut check = |text: &str, expected: bool| {
        for range in SPELLER.misspelt(text, &BTreeSet::new()) {
            if SPELLER.near(text, range.clone()).is_slip != expected {
                wrong.push(text[range].to_owned());
            }
        }
    };
    for text in [
        "inital defecits Tramdol teh paitent elbo wich untill ofthe lowback inpain",
        "radiculopaty spodylolisthesis arthritsi MEDICCALLY nessesary hematocrti",
        "Lumabr Spine, Arthroscpic Knee, Trendelenberg sign, Finkelstien's test",
        "under Medicre rules, with Percocte, the Guidlines, of Septmber",
    ] {
        check(text, true);
    }
    for text in [
        "zorblax glimboloids brakazumab exocorbital, kgm and ulx",
        "the Wrzlo operation, by Bregg and Koz, a Frynz association",
        "INTERVOX-3 and WrzlPonder; the BrnftTalker, REQuest and SPINe",
        "his thrp. today, an inbj. into the hip, and the WonDer trial",
    ] {
        check(text, false);
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn own_words_are_right_too() {
    let own = SPELLER.with_own_words(["wrzl".to_owned(), "Brnft".to_owned()]);
    let none = BTreeSet::new();
    assert_eq!(
        own.misspelt("wrzl Wrzl WRZLWRZL Brnft Brnft's", &none),
        std::slice::from_ref(&(10..18))
    );
    assert_eq!(own.misspelt("brnft", &none), std::slice::from_ref(&(0..5)));
    assert!(SPELLER.misspelt("wrzl", &none) == std::slice::from_ref(&(0..4)));
    assert_eq!(words_near(&own, "wrzll")[0], "wrzl");
}

#[test]
fn the_likeliest_word_is_offered_first() {
    let mut wrong = Vec::new();
    for (slip, right) in [
        ("recieved", "received"),
        ("Inital", "Initial"),
        ("defecits", "deficits"),
        ("Tramdol", "Tramadol"),
        ("DIAZEMPAM", "DIAZEPAM"),
        ("lowback", "low back"),
        ("teh", "the"),
        ("documen-tation", "documentation"),
        ("Ketoprophen", "Ketoprofen"),
        ("adress", "address"),
        ("untill", "until"),
        ("occured", "occurred"),
        ("seperate", "separate"),
        ("mcmuray", "McMurray"),
        ("paitent", "patient"),
        ("lumabr", "lumbar"),
        ("nuerologic", "neurologic"),
        ("gabapentine", "gabapentin"),
        ("physican", "physician"),
        ("reviewd", "reviewed"),
        ("hernation", "herniation"),
        ("wich", "which"),
    ] {
        let nearest = words_near(&SPELLER, slip);
        if nearest.first().map(String::as_str) != Some(right) {
            wrong.push(format!("{slip}: {nearest:?}"));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
    let nearest = words_near(&SPELLER, "methylpredniosone");
    assert!(nearest.contains(&"methylprednisolone".to_owned()));
}
