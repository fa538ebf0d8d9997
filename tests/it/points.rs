//! The ways in which the city was attacked and defended, point by point: for each fact of the article
//! the tests that rest on it. Reads the tests' own text: each named here exists, and names the article
//! in a comment of its own.

use std::{collections::BTreeMap, fs, path::PathBuf};

/// A fact, and the tests that rest on it.
type Fact = (&'static str, &'static [&'static str]);

const POINTS: [(&str, &[Fact]); 12] = [
    (
        "works",
        &[
            (
                "two lines of works, an outer one and the Fukuo Line",
                &["lines_of_works_are_chains_that_face_away_from_the_city"],
            ),
            (
                "hurriedly built from 20 November",
                &["works_grow_a_level_every_two_quiet_turns_and_take_six_to_fortify"],
            ),
            (
                "trenches, wire, pillboxes",
                &["works_cover_the_defender_and_cost_the_attacker"],
            ),
            (
                "interlocking pillboxes and trenches on Yuhuatai",
                &["manned_works_beside_the_one_attacked_fire_on_the_attackers"],
            ),
            (
                "easy to outflank",
                &[
                    "works_that_face_away_do_not_help",
                    "attacks_from_more_sides_make_yielding_likelier",
                ],
            ),
            (
                "forces concentrated on small patches of high ground",
                &[
                    "men_bunched_on_one_height_are_attacked_from_all_sides_and_hold_worse_than_in_a_line",
                ],
            ),
            (
                "pillboxes chained from outside",
                &["men_in_chained_pillboxes_who_obey_their_order_do_not_leave_them"],
            ),
            (
                "Yuhuatai took two days and fell at noon on 12 December",
                &[
                    "the_worked_example_of_yuhuatai_comes_out_as_printed",
                    "yuhuatai_falls_within_a_day_of_noon_on_12_december",
                    "the_fukuo_line_is_reached_about_9_december",
                ],
            ),
        ],
    ),
    (
        "heights and observation",
        &[
            (
                "two key high points",
                &["on_the_plain_one_sees_three_km_and_from_a_height_six"],
            ),
            (
                "from Peak 2 at Zhongshan Gate, from Yuhuatai at Zhonghua Gate",
                &[
                    "peak_2_looks_on_zhongshan_gate_and_yuhuatai_on_zhonghua_gate",
                    "behind_a_wall_only_a_height_sees",
                    "fire_seen_from_a_height_does_twice_as_much",
                ],
            ),
            (
                "well aimed fire",
                &["observed_fire_falls_closer_and_pins_more"],
            ),
        ],
    ),
    (
        "bombardment",
        &[
            (
                "Chunhuazhen puts guns in range of the city",
                &["from_chunhuazhen_only_the_long_guns_reach_the_city"],
            ),
            (
                "ahead of the supply lines: shells are few",
                &[
                    "shells_run_out",
                    "shells_are_brought_up_to_the_stock_by_the_line_and_not_without",
                ],
            ),
            (
                "fire in support, or on the wall, never both",
                &["a_battery_either_supports_a_fight_or_fires_a_mission_of_its_own"],
            ),
            (
                "gun emplacements that can be answered",
                &["guns_that_fire_give_themselves_away_and_can_be_answered"],
            ),
            (
                "men in pillboxes under shells",
                &[
                    "trenches_and_pillboxes_cover_men_from_shells",
                    "shells_pin_men_in_pillboxes_whom_they_hardly_hurt",
                ],
            ),
            (
                "no artillery at the two mausoleums",
                &[
                    "zones_cover_what_they_name",
                    "where_fire_is_forbidden_guns_neither_shell_nor_support_nor_go_with_the_infantry",
                    "the_order_binds_the_side_that_gave_it_and_can_be_switched_off",
                    "a_wall_is_not_battered_where_fire_is_forbidden",
                    "an_advance_without_its_guns_is_slower_and_bloodier",
                    "without_the_no_fire_order_the_south_slope_of_zijinshan_falls_earlier",
                ],
            ),
        ],
    ),
    (
        "air and navy",
        &[
            (
                "complete air supremacy, with impunity",
                &[
                    "a_group_that_is_told_to_bombs_every_hour_of_the_day_and_hurts",
                    "nobody_flies_by_night_and_fewer_in_fog",
                    "the_computer_sends_its_groups_against_what_stands_before_its_men",
                ],
            ),
            (
                "against those on the roads",
                &["columns_under_attack_from_the_air_are_slower_and_shaken"],
            ),
            (
                "the Safety Zone and the mausoleums are spared",
                &["the_safety_zone_and_ground_kept_from_fire_are_no_targets"],
            ),
            (
                "a squadron of ships comes up the river and closes it",
                &[
                    "ships_shell_the_banks_and_not_the_country_behind_them",
                    "ships_close_an_anchorage_when_they_lie_off_it_and_not_before",
                    "the_river_squadron_reaches_xiaguan_about_the_morning_of_the_13th",
                ],
            ),
        ],
    ),
    (
        "walls, moat, gates",
        &[
            (
                "a hole blown by engineers and artillerymen",
                &[
                    "heavy_guns_damage_the_wall_by_the_formula_and_more_of_it_makes_a_breach_likelier",
                    "engineers_go_at_the_wall_in_the_dark_or_under_smoke_and_never_in_plain_daylight",
                    "without_engineers_and_guns_no_wall_is_breached",
                    "without_engineers_the_first_breach_comes_later",
                ],
            ),
            (
                "sandbags and concrete, laid again",
                &["the_defenders_engineers_repair_a_tenth_a_turn"],
            ),
            (
                "assault through the gap",
                &[
                    "through_a_fresh_breach_goes_a_storming_party_and_lodges",
                    "rubble_costs_the_attacker_double_and_shelters_the_defender_half_as_well_as_a_wall",
                    "a_breach_widens_under_engineers_and_then_lets_more_men_through",
                ],
            ),
            (
                "the moat, boats and bridges held up bodily",
                &[
                    "the_moat_is_crossed_with_engineers_boats_or_on_the_footbridge_they_lay_in_two_turns",
                ],
            ),
            (
                "six men on a bamboo ladder",
                &[
                    "a_ladder_party_gains_a_foothold_as_often_as_forecast_and_loses_most_of_its_men",
                    "nobody_scales_a_wall_behind_water_without_boats_or_a_bridge",
                    "recruits_smoke_and_heights_help_a_party_over_the_wall",
                ],
            ),
            (
                "a fire lit as a smokescreen",
                &["smoke_before_the_wall_blinds_the_heights_that_direct_the_guns"],
            ),
            (
                "eighty of eighty-eight lost, and held",
                &[
                    "a_lodgement_fights_on_loses_most_of_its_men_and_may_hold",
                    "a_lodgement_is_not_counterattacked_less_than_told_and_suffers_less_from_mere_contact",
                    "a_lodgement_is_reinforced_only_when_the_breach_is_wide_enough",
                    "men_lodged_in_a_wall_are_saved_by_the_guns_of_their_division_and_pressed_by_tanks",
                    "a_fire_lights_the_fight_for_a_foothold_by_night",
                    "without_a_breach_and_without_a_way_over_the_moat_nobody_lodges_in_the_wall",
                    "a_gate_has_a_foothold_in_it_before_the_city_is_lost",
                ],
            ),
            (
                "a party with picric acid lost in the fog",
                &[
                    "a_party_with_explosives_may_lose_its_way_in_morning_fog_and_does_not_without_fog",
                ],
            ),
            (
                "gates closed and barricaded by 6 December",
                &[
                    "nobody_assaults_a_barricaded_gate_until_the_wall_is_broken",
                    "a_barricaded_gate_lets_400_men_an_hour_through_and_no_guns_until_engineers_open_it",
                    "a_sally_gate_stays_half_open_when_the_others_are_barricaded",
                ],
            ),
        ],
    ),
    (
        "tanks",
        &[
            (
                "hammers on hatches at Jiangjunshan and Niushoushan",
                &[
                    "tanks_tell_on_hills_and_in_streets_against_men_without_an_answer",
                    "six_tanks_without_an_answer_on_passable_ground_count",
                    "the_ground_of_the_historical_attacks_suits_the_tanks_or_not",
                ],
            ),
            (
                "Chinese tanks at Guanghua Gate",
                &["tanks_go_through_an_open_gate_and_not_through_a_barricaded_one"],
            ),
            (
                "wetlands south of Shuixi Gate",
                &["tanks_are_no_use_in_marsh_but_along_a_road_through_it"],
            ),
        ],
    ),
    (
        "counterattacks and piecemeal arrival",
        &[
            (
                "apt to counterattack on Yuhuatai",
                &["a_unit_that_watches_a_hex_strikes_the_hour_it_is_lost"],
            ),
            (
                "repulsed at Chunhuazhen until the main force came",
                &[
                    "a_vanguard_that_comes_piecemeal_is_repulsed_and_the_line_cracks_when_the_main_force_comes",
                    "chunhuazhen_cracks_about_8_december",
                ],
            ),
            (
                "key units not yet in position at the eastern gates",
                &[
                    "a_unit_due_where_the_enemy_already_stands_comes_on_beside_him_or_waits",
                    "units_meant_for_the_eastern_gates_are_on_their_way_when_the_gates_are_reached",
                ],
            ),
        ],
    ),
    (
        "mines, scorched earth, fire",
        &[
            (
                "mine fields on the Fukuo Line",
                &[
                    "mines_take_their_toll_of_those_who_do_not_know_them_and_are_known_from_then_on",
                    "engineers_clear_a_minefield_they_know_of_with_one_chance_in_three_a_turn",
                    "without_mines_on_the_map_nobody_strikes_any",
                ],
            ),
            (
                "two corps in their own minefield by night",
                &["who_flees_through_mines_by_night_loses_four_times_as_many_even_his_own"],
            ),
            (
                "scorched earth round the city and along the roads",
                &[
                    "a_side_razes_the_ground_it_holds_before_the_wall_and_no_other",
                    "along_roads_the_torch_reaches_farther_but_keeps_to_them",
                    "the_historical_order_covers_the_suburbs_and_the_roads_in_the_attackers_path",
                    "scorched_ground_feeds_and_shelters_those_who_come_worse",
                    "without_scorched_earth_the_attackers_are_better_supplied",
                    "the_texts_tell_who_was_driven_out_by_the_burning_and_who_fed_the_columns",
                ],
            ),
            (
                "fires out of control that light the night",
                &[
                    "shells_set_woods_and_houses_on_fire_and_never_wet_ground",
                    "fire_spreads_from_wood_to_wood_burns_out_and_does_not_come_back",
                    "zijinshan_is_woods_that_burn",
                    "a_fire_lights_the_night_for_those_near_it",
                    "without_shells_bombs_the_torch_and_fighting_among_houses_nothing_burns",
                ],
            ),
        ],
    ),
    (
        "night, fog, light",
        &[
            (
                "evenings, nights and dawns at 32 degrees north",
                &["at_thirty_two_degrees_north_night_falls_at_five_in_december"],
            ),
            (
                "under cover of darkness",
                &[
                    "night_and_cover_hide",
                    "a_night_attack_is_less_bloody_than_one_by_day_and_more_than_a_quarter",
                ],
            ),
            ("the morning fog", &["in_fog_sight_ends_at_a_kilometre"]),
            (
                "a squad that infiltrates by night",
                &["by_night_men_infiltrate_between_two_enemy_zones_and_never_by_day"],
            ),
        ],
    ),
    (
        "the march",
        &[
            (
                "up to forty kilometres a day",
                &[
                    "a_battalion_on_an_empty_road_makes_34_km_and_more_on_two_days_running",
                    "a_column_on_a_road_makes_24_km_in_a_normal_day_and_39_forced",
                    "marching_tires_and_rest_restores",
                ],
            ),
            (
                "all units roaring down a few roads",
                &["a_road_passes_so_many_men_an_hour_and_the_rest_queue"],
            ),
            (
                "ahead of the supply lines",
                &["foot_outruns_its_guns_and_its_line_of_supply"],
            ),
            (
                "food bought or looted along the way",
                &[
                    "the_land_is_eaten_up_by_those_whom_the_line_does_not_feed",
                    "a_stalled_column_starves_and_the_land_has_a_bottom",
                ],
            ),
        ],
    ),
    (
        "encirclement",
        &[
            (
                "the Kunisaki and Yamada Detachments",
                &["two_detachments_go_round_the_city_to_its_back"],
            ),
            (
                "Zhenjiang and Tangshuizhen on 8 December, Pukou on the 13th",
                &["the_city_is_encircled_as_the_article_says"],
            ),
            (
                "surrounded defenders",
                &[
                    "a_ring_round_men_starves_them_and_makes_them_give_way",
                    "enemies_on_the_line_cut_it_and_their_going_restores_it",
                    "those_with_no_way_out_are_lost",
                    "steady_units_do_not_come_apart_and_isolation_doubles_it",
                ],
            ),
        ],
    ),
    (
        "recruits and drafts",
        &[
            (
                "16,000 recruits, 14,000 fresh men",
                &[
                    "recruits_fresh_men_and_corps_are_the_articles",
                    "the_fresh_men_of_the_2nd_army_come_up_the_river_while_the_battle_goes_on",
                ],
            ),
            (
                "trained on the way to the front",
                &[
                    "recruits_join_at_their_hour_and_all_men_are_counted_from_the_start",
                    "they_thin_its_training_and_its_cohesion",
                ],
            ),
            (
                "barely trained men on Zhonghua Gate",
                &[
                    "the_gate_of_recruits_is_manned_by_men_who_are_still_arriving",
                    "recruits_hold_a_position_worse_than_as_many_trained_men",
                ],
            ),
        ],
    ),
];

/// Every test of this program with the text above and within it, up to the next test.
fn tests() -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut folders = vec![PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/it")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = fs::read_to_string(&path).expect("text");
            for (start, _) in text.match_indices("#[test]\nfn ") {
                let after = &text[start + "#[test]\nfn ".len()..];
                let name: String = after.chars().take_while(|c| *c != '(').collect();
                let body = &after[..after.find("\n}\n").unwrap_or(after.len())];
                // Documentation right above it.
                let above = text[..start].rsplit("\n\n").next().unwrap_or("");
                let doc = above.lines().filter(|l| l.starts_with("///"));
                let doc: Vec<&str> = doc.collect();
                found.insert(name, format!("{}\n{body}", doc.join("\n")));
            }
        }
    }
    found
}

#[test]
fn every_fact_of_the_twelve_points_has_a_test_that_names_the_article() {
    let tests = tests();
    for (point, facts) in POINTS {
        assert!(facts.len() >= 3, "{point}");
        for (fact, names) in facts {
            assert!(!names.is_empty(), "{point}: {fact}");
            for name in *names {
                let text = tests
                    .get(*name)
                    .unwrap_or_else(|| panic!("{point}, {fact}: no test {name}"));
                let comments = text.lines().filter(|l| l.trim().starts_with("//"));
                let names_it = comments.into_iter().any(|l| l.contains("The article:"));
                assert!(names_it, "{name} does not name the article's fact");
            }
        }
    }
}
