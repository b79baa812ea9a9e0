//! How sure a share is, and how large a trial has to be.

use cadans::team::interval::{Share, cases_for_trial};

#[test]
fn eight_of_ten_may_be_half_or_nearly_all() {
    // Wilson, 95 %: (0.8 + 0.19207 ± 1.96·sqrt(0.016 + 0.0096037)) / 1.38415.
    let estimate = Share::of(8, 10).estimate.unwrap();
    assert!((estimate.low - 0.4902).abs() < 1e-4 && (estimate.high - 0.9433).abs() < 1e-4, "{estimate:?}");
}

#[test]
fn of_fewer_than_ten_too_little_is_known_to_say() {
    assert_eq!(Share::of(9, 9).estimate, None);
    assert_eq!(Share::of(0, 0).estimate, None);
    assert!(!Share::of(9, 9).is_clearly_above(Share::of(0, 100)));
}

#[test]
fn forty_in_a_hundred_is_clearly_above_twenty_only_when_the_intervals_do_not_meet() {
    assert!(Share::of(40, 100).is_clearly_above(Share::of(20, 100)));
    assert!(!Share::of(8, 20).is_clearly_above(Share::of(4, 20)));
}

#[test]
fn a_trial_of_forty_against_twenty_in_a_hundred_takes_82_cases_each() {
    // (1.95996·sqrt(0.42) + 0.84162·sqrt(0.40))² / 0.04 = 81.2.
    assert_eq!(cases_for_trial(0.4, 0.2), Some(82));
    assert_eq!(cases_for_trial(0.3, 0.3), None);
    assert_eq!(cases_for_trial(f64::NAN, 0.3), None);
}
