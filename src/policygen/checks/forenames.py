"""Common first names in England, to tell a person's name from other capitals.

A list of no authority: what people of working age are often called. Names that are words,
months or places as well (Grace, Mark, May, Jordan) are left out.
"""

from __future__ import annotations

import re

_LISTED = """
Aaron Abbie Abdul Abigail Adam Adrian Agnes Ahmed Aisha Alan Alastair Albert Alex
Alexander Alfie Alice Alison Amanda Amber Amelia Amina Amy Andrea Andrew Angela Anita Ann
Anna Anne Annette Annie Anthony Antonia Arthur Asha Ashley Ayesha Barbara Barry Beatrice
Becky Ben Benjamin Bernadette Bernard Beth Bethany Beverley Brenda Brian Bridget Bryan
Callum Cameron Carl Carla Carol Caroline Catherine Cath Cathy Charles Charlie Cheryl Chloe
Chris Christian Christina Christine Christopher Claire Clare Clive Colin Connor Craig
Damian Daniel Danielle Darren David Dawn Debbie Deborah Deepak Denise Dennis Derek Diane
Dominic Donald Donna Dorothy Douglas Duncan Edward Eileen Elaine Eleanor Elizabeth Ella
Ellen Ellie Emily Emma Eric Erin Esther Ethan Eve Evelyn Farah Fatima Fiona Frances
Francis Fred Freddie Frederick Freya Gareth Gary Gavin Gemma Geoff Geoffrey George Gerald
Gerard Gillian Glenn Gordon Graham Greg Gregory Gwen Hannah Harold Harriet Harry Hassan
Hayley Heather Helen Helena Henry Hilary Howard Hugh Ian Imran Ibrahim Irene Isabel
Isabella Isla Jacob Jacqueline Jacqui Jake James Jamie Jan Jane Janet Janice Jasmine Jason
Jayne Jean Jeff Jeffrey Jennifer Jenny Jeremy Jess Jessica Jill Joan Joanna Joanne Joe
Joel John Jon Jonathan Joseph Josephine Josh Joshua Joyce Judith Judy Julia Julian Julie
Justin Karen Karl Kate Katherine Kathleen Kathryn Kathy Katie Katy Kayleigh Keith Kelly
Ken Kenneth Kerry Kevin Kieran Kim Kirsty Kyle Laura Lauren Lawrence Leah Leanne Lee Leila
Leo Leon Leonard Leslie Lesley Lewis Liam Linda Lindsay Lisa Liz Lorna Lorraine Louis
Louise Lucas Lucy Luke Lynda Lynn Lynne Maeve Malcolm Mandy Marcus Margaret Maria Marian
Marie Marilyn Marion Marjorie Martin Martyn Mary Matt Matthew Maureen Maurice Megan Mehmet
Melanie Melissa Michael Michelle Miguel Mike Miriam Mohammad Mohammed Moira Molly Monica
Muhammad Nadia Nadine Nancy Naomi Natalie Natasha Nathan Neil Niall Nicholas Nick Nicola
Nicole Nigel Nina Noah Norma Norman Olivia Oliver Omar Oscar Owen Pamela Patricia Patrick
Paul Paula Pauline Penelope Penny Peter Philip Philippa Phillip Phoebe Pippa Polly Priya
Rachael Rachel Raj Rajesh Ralph Raymond Rebecca Richard Rita Robert Roberta Roger Roisin
Ronald Ross Rosemary Rosie Roy Russell Ruth Ryan Sally Sam Samantha Samuel Sandra Sanjay
Sara Sarah Saskia Scott Sean Shane Sharon Shaun Sheila Shirley Sian Siân Simon Siobhan
Sonia Sophia Sophie Stacey Stella Stephanie Stephen Steve Steven Stuart Sue Sunita Susan
Suzanne Sylvia Tamsin Tania Tanya Tara Teresa Terence Terry Theresa Thomas Tim Timothy
Tina Toby Tom Tony Tracey Tracy Trevor Valerie Vanessa Vera Veronica Vikki Vincent Vivien
Wayne Wendy William Yasmin Yusuf Yvonne Zainab Zara Zoe
"""

FORENAMES = frozenset(re.findall(r"\w+", _LISTED))
